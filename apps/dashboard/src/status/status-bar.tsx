import { Anchor, Button, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../api.ts";
import { Moment } from "../components/moment.tsx";
import { errorText, isSignedOut, isWithoutAnswer } from "../connection/error-text.ts";
import { clockTime } from "../format/time.ts";
import { Trans } from "../language/trans.tsx";
import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import { isSandbox } from "../session/session.ts";
import { type Notice, noticesOf, type Remedy } from "./notices.ts";
import { useScrollAnchor } from "./use-scroll-anchor.ts";
import { useStatus } from "./use-status.ts";

/** The status bar of every screen: what holds calls or makes the data stale, who, since when, why, and how to end it. */
export function StatusBar() {
  const session = useSignedIn();
  const { data, error, dataUpdatedAt, isFetching, refetch } = useStatus(session);
  const notices = noticesOf(data, { may: session.may, isSandbox: isSandbox(session) });
  const isAway = error !== null && !isSignedOut(error);
  const bar = useScrollAnchor();
  return (
    <div ref={bar} className="notices" role="status" aria-label={t("What holds calls")}>
      {isAway && (
        <div className="notice notice-bad" data-notice="server">
          <Text size="sm">
            <b>
              {isWithoutAnswer(error)
                ? t("The server does not answer.")
                : t("The server cannot read the status of calls.")}
            </b>{" "}
            {isWithoutAnswer(error) ? t("Retrying every 5 seconds.") : errorText(error)}
            {dataUpdatedAt > 0 && (
              <>
                {" "}
                {t("The data is from {time}.", {
                  time: clockTime(new Date(dataUpdatedAt).toISOString()),
                })}
              </>
            )}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            loading={isFetching}
            onClick={() => void refetch()}
          >
            {t("Retry now")}
          </Button>
        </div>
      )}
      {notices.map((notice) => (
        <Line key={notice.name} notice={notice} />
      ))}
    </div>
  );
}

function Line({ notice: { name, tone, title, text, since, remedy, link } }: { notice: Notice }) {
  return (
    <div className={`notice notice-${tone}`} data-notice={name}>
      <Text size="sm">
        <b>{title}</b> {text}
        {since !== undefined && (
          <Trans text=", since <time/>." parts={{ time: <Moment iso={since} /> }} />
        )}
        {link && (
          <>
            {" "}
            <Anchor component={Link} href={link.href} size="sm" underline="always">
              {link.label}
            </Anchor>
          </>
        )}
      </Text>
      {remedy && <RemedyButton remedy={remedy} />}
    </div>
  );
}

function RemedyButton({ remedy }: { remedy: Remedy }) {
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (): Promise<unknown> =>
      remedy.kind === "resume-project"
        ? api.projects.resume.mutate()
        : api.operator.stop.resume.mutate({ providers: remedy.providers }),
    onSuccess: async () => queries.invalidateQueries(),
  });
  return (
    <>
      {error && (
        <Text size="sm" role="alert">
          {errorText(error)}
        </Text>
      )}
      <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate()}>
        {remedy.label}
      </Button>
    </>
  );
}
