import { Code, Group, Text } from "@mantine/core";

import { Panel } from "../../parts/panel.tsx";
import { useSignedIn } from "../../session/session-context.ts";
import { CallingBadge } from "./calling-badge.tsx";
import type { Health } from "./health.ts";

/** The provider accounts: in use or paused. They belong to the installation, so only an operator can change that. */
export function Providers({ providers }: Pick<Health, "providers">) {
  const { may } = useSignedIn();
  return (
    <Panel title="Providers">
      {providers.map(({ name, isPaused }) => (
        <Group key={name} gap="sm" data-provider={name}>
          <Text fw={600}>{name}</Text>
          <CallingBadge isPaused={isPaused} />
        </Group>
      ))}
      {may.includes("administer") && (
        <Text size="sm">
          Only an operator can pause and resume them: here with an operator&apos;s key, or on the
          machine with <Code>npm run cli -- provider pause NAME --reason TEXT</Code>.
        </Text>
      )}
    </Panel>
  );
}
