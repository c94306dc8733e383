import { Stack, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { gap } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import type { Installation } from "./installation.ts";

/** The worker processes with a heartbeat in the last 15 seconds. */
export function Workers({ workers, at }: Pick<Installation, "workers" | "at">) {
  return (
    <Panel
      title={t("Workers")}
      aside={<Text size="sm">{t("{count} alive", { count: workers.length })}</Text>}
    >
      {workers.length === 0 && <Text size="sm">{t("No worker sends a heartbeat.")}</Text>}
      {workers.map(({ id, host, pid, startedAt, concurrency, draining, activeJobs }) => (
        <Stack key={id} gap={2} data-worker={id}>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {t("{host}, process {pid}", { host, pid: String(pid) })}
          </Text>
          <Text size="sm">
            {t(
              "alive for {time}; at a time {dispatch} attempts, {events} updates, {requests} requests",
              {
                time: gap(startedAt, at),
                dispatch: concurrency.dispatch,
                events: concurrency.events,
                requests: concurrency.requests,
              },
            )}
          </Text>
          {draining && (
            <Text size="sm" fw={600}>
              {t("draining: takes no more jobs, {count} under way", { count: activeJobs ?? "?" })}
            </Text>
          )}
        </Stack>
      ))}
    </Panel>
  );
}
