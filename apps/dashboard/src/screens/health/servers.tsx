import { Group, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { t, tIn } from "../../language/translate.ts";
import type { Health } from "./health.ts";

type Server = Health["redis"];

/** Whether both servers are reached, and their response times. */
export function Servers({ redis, mongodb }: Pick<Health, "redis" | "mongodb">) {
  return (
    <Panel title={t("Servers")}>
      <Line name="MongoDB" what={t("the record of all calls")} server={mongodb} />
      <Line name="Redis" what={t("the queues")} server={redis} />
    </Panel>
  );
}

function Line({ name, what, server }: { name: string; what: string; server: Server }) {
  return (
    <Group justify="space-between" gap="xs">
      <Text>
        <b>{name}</b>: {what}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" className="number">
          {server.ms} ms
        </Text>
        <StateBadge tone={server.isUp ? "neutral" : "bad"} miw="max-content">
          {server.isUp ? tIn("server", "answers") : tIn("server", "away")}
        </StateBadge>
      </Group>
    </Group>
  );
}
