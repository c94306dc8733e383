import { Code, Group, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { useSignedIn } from "../../session/session-context.ts";
import type { Health } from "./health.ts";
import { PausedBadge } from "./paused-badge.tsx";

/** The provider accounts: in use or paused. They belong to the installation, so only an operator can change that. */
export function Providers({
  providers,
  isHeld,
}: Pick<Health, "providers"> & {
  /** The project is paused. */
  isHeld: boolean;
}) {
  const { may } = useSignedIn();
  return (
    <Panel title="Providers">
      {providers.map(({ name, isPaused }) => (
        <Group key={name} gap="sm" data-provider={name}>
          <Text fw={600}>{name}</Text>
          <PausedBadge isPaused={isPaused} isHeld={isHeld} />
        </Group>
      ))}
      {may.includes("administer") && (
        <Text size="sm">
          Only an operator can pause and resume them: here with an operator&apos;s key, or on the
          machine with <Code>call-log provider pause NAME --reason TEXT</Code>.
        </Text>
      )}
    </Panel>
  );
}
