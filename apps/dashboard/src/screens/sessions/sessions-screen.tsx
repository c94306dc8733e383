import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, type Outputs } from "../../api.ts";
import { ConfirmButton } from "../../components/confirm-button.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { browserName } from "./browser-name.ts";

/** Key of the sessions in the query cache. */
const SESSIONS = ["sessions"] as const;

type Listed = Outputs["sessions"]["list"]["sessions"][number];

/** The sessions of the person or key; one or all others can be ended. */
export default function SessionsScreen() {
  const { person } = useSignedIn();
  const { data, error } = useQuery({
    queryKey: SESSIONS,
    queryFn: () => api.sessions.list.query(),
  });
  const others = data?.sessions.filter(({ isOwn }) => !isOwn) ?? [];
  return (
    <Stack maw={800}>
      <ScreenTitle>{t("Your sessions")}</ScreenTitle>
      <Text size="sm">
        {person === null
          ? t("All sessions that began with your API key.")
          : t("You are signed in as {who}.", {
              who: [person.name, person.email].filter(Boolean).join(", ") || t("yourself"),
            })}
      </Text>
      <Panel title={t("Signed in")}>
        <ErrorAlert error={error} />
        {data === undefined && !error && <Loading h={80} />}
        {data?.sessions.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
        {others.length > 0 && (
          <Group>
            <ConfirmButton
              label={t("End all others")}
              color="red"
              act={async () => api.sessions.endAll.mutate({})}
            >
              <Text>
                {t(
                  "{count, plural, one {One session ends} other {# sessions end}} at once. This session stays.",
                  { count: others.length },
                )}
              </Text>
            </ConfirmButton>
          </Group>
        )}
      </Panel>
    </Stack>
  );
}

function SessionLine({ session }: { session: Listed }) {
  const { id, createdAt, lastSeenAt, endsAt, address, userAgent, isOwn } = session;
  return (
    <Group justify="space-between" gap="xs" data-session={id}>
      <Stack gap={0} maw="100%">
        <Group gap="xs">
          <Text fw={600} {...(userAgent !== null && { title: userAgent })}>
            {browserName(userAgent)}
          </Text>
          {isOwn && <StateBadge size="sm">{t("this one")}</StateBadge>}
        </Group>
        <Text size="sm" c="dimmed">
          {address !== null && `${t("from {address},", { address })} `}
          <Trans
            text="since <start/>, last seen <seen/>, until <end/> at most"
            parts={{
              start: <Moment iso={createdAt} />,
              seen: <Moment iso={lastSeenAt} />,
              end: <Moment iso={endsAt} />,
            }}
          />
        </Text>
      </Stack>
      {!isOwn && <End id={id} />}
    </Group>
  );
}

function End({ id }: { id: string }) {
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => api.sessions.end.mutate({ id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: SESSIONS }),
  });
  return (
    <>
      <ErrorAlert error={error} />
      <Button variant="default" size="compact-sm" loading={isPending} onClick={() => mutate()}>
        {t("End")}
      </Button>
    </>
  );
}
