import { Code, Group, Text } from "@mantine/core";

import { Panel } from "../../parts/panel.tsx";
import { useSignedIn } from "../../session/session-context.ts";
import { CallingBadge } from "./calling-badge.tsx";
import type { Health } from "./health.ts";

/** The provider accounts: whether each is called through. They belong to the installation, so that the switch is an operator's. */
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
          An operator pauses and resumes them: signed in here with an operator&apos;s key, or on the
          machine with <Code>npm run cli -- provider pause NAME --reason TEXT</Code>.
        </Text>
      )}
    </Panel>
  );
}
