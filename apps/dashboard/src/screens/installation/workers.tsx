import { Stack, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { gap } from "../../format/time.ts";
import type { Installation } from "./installation.ts";

/** The worker processes with a heartbeat in the last 15 seconds. */
export function Workers({ workers, at }: Pick<Installation, "workers" | "at">) {
  return (
    <Panel title="Workers" aside={<Text size="sm">{workers.length} alive</Text>}>
      {workers.length === 0 && <Text size="sm">No worker sends a heartbeat.</Text>}
      {workers.map(({ id, host, pid, startedAt, concurrency, draining, activeJobs }) => (
        <Stack key={id} gap={2} data-worker={id}>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {host}, process {pid}
          </Text>
          <Text size="sm">
            alive for {gap(startedAt, at)}; at a time {concurrency.dispatch} attempts,{" "}
            {concurrency.events} updates, {concurrency.requests} requests
          </Text>
          {draining && (
            <Text size="sm" fw={600}>
              draining: takes no more jobs, {activeJobs ?? "?"} under way
            </Text>
          )}
        </Stack>
      ))}
    </Panel>
  );
}
