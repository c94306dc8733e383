import { Anchor, Button, Code, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api, type Outputs } from "../../../api.ts";
import type { CallLogView } from "../../../call/call-view.ts";
import { ErrorAlert } from "../../../components/error-alert.tsx";
import { Moment } from "../../../components/moment.tsx";
import { Panel } from "../../../components/panel.tsx";
import { StateBadge } from "../../../components/state-badge.tsx";
import { clockTime, gap, laterText } from "../../../format/time.ts";
import { localDates } from "../../../language/local-format.ts";
import { t } from "../../../language/translate.ts";

import "./timeline.css";
import { useSignedIn } from "../../../session/session-context.ts";
import type { TimelineEntry } from "./timeline-of.ts";
import { useTimeline } from "./use-timeline.ts";

type Payload = Outputs["attempts"]["payloads"]["payloads"][number];

/** A pause that gets a line of its own, in milliseconds. */
const WORTH_A_LINE_MS = 60_000;

/** All that happened to a call, across its attempts, in words; the recorded facts are folded. */
export function CallTimeline({ call }: { call: CallLogView }) {
  const { entries, error } = useTimeline(call);
  const { may } = useSignedIn();
  const [isRaw, setRaw] = useState(false);
  const payloads = useQuery({
    queryKey: ["payloads", call._id, entries.length],
    queryFn: ({ signal }) => api.attempts.payloads.query({ id: call._id }, { signal }),
    enabled: isRaw && may.includes("see-numbers"),
    placeholderData: (previous) => previous,
  });
  const carried = payloads.data?.payloads;
  return (
    <Panel
      title={t("What happened")}
      aside={
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={isRaw}
          onClick={() => setRaw(!isRaw)}
        >
          {isRaw ? t("Hide the raw facts") : t("Show the raw facts")}
        </Button>
      }
    >
      <ErrorAlert error={error ?? payloads.error} />
      <ol className="timeline" aria-label={t("Timeline")}>
        {entries.map((entry, index) => (
          <Entry
            key={entry.key}
            entry={entry}
            before={entries[index - 1]}
            isRaw={isRaw}
            payload={payloadOf(entry, carried)}
          />
        ))}
      </ol>
      {(call.attempts ?? []).length === 0 && <Text>{t("This call has no recorded attempt.")}</Text>}
      {isRaw && carried?.length === 0 && (
        <Text size="sm">
          {t("No payloads: these events did not come by callback, or the call is sensitive.")}
        </Text>
      )}
    </Panel>
  );
}

function payloadOf({ payload }: TimelineEntry, carried: readonly Payload[] | undefined) {
  if (payload === undefined) return undefined;
  const { attempt, event } = payload;
  return carried?.find((one) => one.attempt === attempt && one.event === event)?.payload;
}

interface EntryProps {
  entry: TimelineEntry;
  before: TimelineEntry | undefined;
  isRaw: boolean;
  payload: Payload["payload"] | undefined;
}

function Entry({ entry, before, isRaw, payload }: EntryProps) {
  const { at, isLate } = entry;
  const isOtherDay = before === undefined || dayOf(before.at) !== dayOf(at);
  const ms = before === undefined ? 0 : Date.parse(at) - Date.parse(before.at);
  return (
    <li className={isLate ? "timeline-entry late" : "timeline-entry"} data-entry={entry.key}>
      {before !== undefined && ms >= WORTH_A_LINE_MS && (
        <Text size="sm" c="dimmed" className="timeline-gap">
          {t("{span} passed", { span: gap(before.at, at) })}
        </Text>
      )}
      {isOtherDay && (
        <Text size="sm" fw={600}>
          {dayOf(at)}
        </Text>
      )}
      <div className="timeline-line">
        <span className="timeline-time">
          <Moment iso={at} format={clockTime} />
          {before !== undefined && ms > 0 && ms < WORTH_A_LINE_MS && (
            <>
              {" "}
              <Text span size="xs" c="dimmed" className="number">
                {laterText(before.at, at)}
              </Text>
            </>
          )}
        </span>
        <div className="timeline-words">
          <Words entry={entry} />
          {isRaw && <RawFacts entry={entry} payload={payload} />}
        </div>
      </div>
    </li>
  );
}

function Words({ entry: { text, who, reason, href, isLate } }: { entry: TimelineEntry }) {
  return (
    <Text component="div" style={{ overflowWrap: "anywhere" }}>
      {text}
      {who && (
        <>
          {" "}
          <b>{t("By {who}.", { who })}</b>
        </>
      )}
      {reason && <> {t("Reason: {reason}.", { reason })}</>}
      {href && (
        <>
          {" "}
          <Anchor component={Link} href={href} underline="always">
            {href.startsWith("/calls/") ? t("That call") : t("Webhooks")}
          </Anchor>
        </>
      )}
      {isLate && (
        <>
          {" "}
          <StateBadge size="xs">{t("came late")}</StateBadge>
        </>
      )}
    </Text>
  );
}

function RawFacts({ entry, payload }: Pick<EntryProps, "entry" | "payload">) {
  return (
    <Stack gap={4} data-raw>
      <Table verticalSpacing={2} aria-label={t("Recorded facts")}>
        <Table.Tbody>
          {[[t("time"), entry.at] as const, ...entry.raw].map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th w={150} fw={400}>
                {name}
              </Table.Th>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {payload && (
        <Code
          block
          dir="ltr"
          data-payload
          style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}
        >
          {Object.entries(payload)
            .map(([name, value]) => `${name}: ${value}`)
            .join("\n")}
        </Code>
      )}
    </Stack>
  );
}

const day = localDates({ weekday: "long", day: "numeric", month: "long" });

function dayOf(iso: string): string {
  return day(new Date(iso));
}
