import { Code, Group, Text } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
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
    <Panel title={t("Providers")}>
      {providers.map(({ name, isPaused }) => (
        <Group key={name} gap="sm" data-provider={name}>
          <Text fw={600}>{name}</Text>
          <PausedBadge isPaused={isPaused} isHeld={isHeld} />
        </Group>
      ))}
      {may.includes("administer") && (
        <Text size="sm">
          <Trans
            text="Only an operator can pause and resume them: here with an operator's key, or on the machine with <command/>."
            parts={{ command: <Code>call-log provider pause NAME --reason TEXT</Code> }}
          />
        </Text>
      )}
    </Panel>
  );
}
