import { ALERT_SOURCE_KINDS } from "@call-log/model";
import { Anchor, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { Moment } from "../../components/moment.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { countsText, sourceState, STATES } from "./source-state.ts";
import { ALERT_SOURCES, callsAddress, type Source } from "./sources.ts";

/** Refresh interval of the sources, in milliseconds. */
const FRESH_MS = 5000;

/** The programs that may send alerts, with what each sent last. */
export function SourceList() {
  const { data, error } = useQuery({
    queryKey: [...ALERT_SOURCES, "list"],
    queryFn: ({ signal }) => api.alertSources.list.query(undefined, { signal }),
    refetchInterval: FRESH_MS,
  });
  return (
    <Stack maw={1400}>
      <Group justify="space-between">
        <ScreenTitle>{t("Alert sources")}</ScreenTitle>
        <Button component={Link} href="/alert-sources/new">
          {t("New alert source")}
        </Button>
      </Group>
      <Text size="sm">
        {t(
          "Programs that post their alerts to call-log, which calls somebody for them without any code.",
        )}
      </Text>
      <ErrorAlert error={error} />
      {data === undefined && !error && <Loading h={160} />}
      {data?.sources.length === 0 && (
        <EmptyState>
          {t("No program sends alerts yet. Prometheus, Grafana and others can post theirs here.")}
        </EmptyState>
      )}
      {data?.sources.map((source) => (
        <SourceLine key={source._id} source={source} />
      ))}
    </Stack>
  );
}

function SourceLine({ source }: { source: Source }) {
  const { _id, name, kind, path } = source;
  const { label, tone } = STATES[sourceState(source)];
  const calls = callsAddress(source);
  return (
    <Paper withBorder p="sm" data-source={_id}>
      <Stack gap={4}>
        <Group gap="xs">
          <Anchor
            component={Link}
            href={`/alert-sources/${_id}`}
            fw={600}
            dir="auto"
            underline="always"
          >
            {name}
          </Anchor>
          <Text size="sm">{ALERT_SOURCE_KINDS[kind].title}</Text>
          <StateBadge tone={tone}>{label}</StateBadge>
        </Group>
        <Text size="sm" c="dimmed" dir="ltr" style={{ overflowWrap: "anywhere" }}>
          {location.origin + path}
        </Text>
        <LastOnes source={source} />
        {calls !== undefined && (
          <Text size="sm">
            {t("Calls were placed for {count, plural, one {# alert} other {# alerts}}.", {
              count: source.calledCount,
            })}{" "}
            <Anchor component={Link} href={calls} underline="always">
              {t("Its calls")}
            </Anchor>
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

/** The last notification of a source, and the last of which something was refused. */
export function LastOnes({ source: { lastDelivery, lastRefusal } }: { source: Source }) {
  if (lastDelivery === undefined)
    return <Text size="sm">{t("No notification has come yet.")}</Text>;
  const { at, status, counts } = lastDelivery;
  return (
    <>
      <Text size="sm">
        <Trans
          text="Last notification <when/>: answered {status}, {counts}."
          values={{ status: String(status), counts: countsText(counts) }}
          parts={{ when: <Moment iso={at} /> }}
        />
      </Text>
      {lastRefusal !== undefined && (
        <Text size="sm" dir="auto" style={{ overflowWrap: "anywhere" }}>
          <Trans
            text="Last refusal <when/>: answered {status}, {reason}"
            values={{ status: String(lastRefusal.status), reason: lastRefusal.reason }}
            parts={{ when: <Moment iso={lastRefusal.at} /> }}
          />
        </Text>
      )}
    </>
  );
}
