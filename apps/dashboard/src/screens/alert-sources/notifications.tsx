import { Anchor, Group, Paper, Stack, Switch, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { dayTime } from "../../format/time.ts";
import { t, tIn } from "../../language/translate.ts";
import { LastOnes } from "./source-list.tsx";
import { countsText } from "./source-state.ts";
import { ALERT_SOURCES, type Notification, type Source } from "./sources.ts";

/** Refresh interval, in milliseconds. */
const FRESH_MS = 5000;

/** What the source sent last, with what was refused and why. */
export function Notifications({ source }: { source: Source }) {
  const [isAll, setAll] = useState(false);
  const { data, error } = useQuery({
    queryKey: [...ALERT_SOURCES, "recent", source._id],
    queryFn: ({ signal }) => api.alertSources.recent.query({ id: source._id }, { signal }),
    refetchInterval: FRESH_MS,
  });
  const all = data?.deliveries ?? [];
  const shown = isAll ? all : all.filter(({ counts }) => counts.refused > 0);
  return (
    <Panel
      title={t("Last notifications")}
      aside={
        <Switch
          label={t("Also those without a refusal")}
          checked={isAll}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      }
    >
      <LastOnes source={source} />
      <ErrorAlert error={error} />
      {data === undefined && !error && <Loading h={60} />}
      {data && all.length > 0 && shown.length === 0 && (
        <Text size="sm">{t("Nothing was refused in the last notifications.")}</Text>
      )}
      <Stack gap="xs" mah={480} style={{ overflow: "auto" }} {...(shown.length > 0 && LIST)}>
        {shown.map((one) => (
          <Line key={`${one.at} ${one.requestId ?? ""}`} notification={one} />
        ))}
      </Stack>
    </Panel>
  );
}

/** What became of one alert. */
const RESULTS: Readonly<Record<Notification["answers"][number]["result"], string>> = {
  called: tIn("alert", "called"),
  repeated: tIn("alert", "repeated"),
  canceled: tIn("alert", "canceled"),
  ignored: tIn("alert", "ignored"),
  refused: tIn("alert", "refused"),
};

/** It scrolls, so that it has to be reachable by keyboard. */
const LIST = { tabIndex: 0, role: "group", "aria-label": t("Notifications") } as const;

function Line({ notification }: { notification: Notification }) {
  const { at, status, counts, answers, requestId } = notification;
  return (
    <Paper withBorder p="xs" data-notification={status}>
      <Group gap="xs">
        <Moment iso={at} format={dayTime} />
        <Text size="sm">
          {t("Answered {status}, {counts}", {
            status: String(status),
            counts: countsText(counts),
          })}
        </Text>
        {requestId !== undefined && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {t("Request {requestId}", { requestId })}
          </Text>
        )}
      </Group>
      {answers.map(({ index, result, reason, fingerprint, callLogId }, nth) => (
        <Text key={nth} size="sm" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {index !== undefined && <b>{t("Alert {number}", { number: index + 1 })} </b>}
          {RESULTS[result]}: {reason}
          {fingerprint !== undefined && ` (${fingerprint})`}
          {callLogId !== undefined && (
            <>
              {" "}
              <Anchor component={Link} href={`/calls/${callLogId}`} underline="always">
                {t("its call")}
              </Anchor>
            </>
          )}
        </Text>
      ))}
    </Paper>
  );
}
