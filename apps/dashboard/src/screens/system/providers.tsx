import { Badge, Group, Progress, Stack, Text } from "@mantine/core";

import { Moment } from "../../format/moment.tsx";
import { Panel } from "../../parts/panel.tsx";
import { useSignedIn } from "../../session/session-context.ts";
import type { Health } from "./health.ts";
import { PauseSwitch } from "./pause-switch.tsx";

type Provider = Health["providers"][number];

/** The provider accounts: whether each is called through, how much of its limit is in use, and the switch. */
export function Providers({ providers }: { providers: readonly Provider[] }) {
  const { may } = useSignedIn();
  return (
    <Panel title="Providers">
      {providers.map((provider) => (
        <Stack key={provider.name} gap={6}>
          <Group justify="space-between" gap="sm">
            <Group gap="sm">
              <Text fw={600}>{provider.name}</Text>
              <Badge
                variant="outline"
                c="var(--mantine-color-text)"
                color={provider.pause === null ? "green" : "red"}
              >
                {provider.pause === null ? "calls" : "paused"}
              </Badge>
            </Group>
            {may.includes("operate") && <PauseSwitch provider={provider} />}
          </Group>
          {provider.pause && (
            <Text size="sm" dir="auto">
              by {provider.pause.by}: {provider.pause.reason} (since{" "}
              <Moment iso={provider.pause.at} />)
            </Text>
          )}
          <LimitUse name={provider.name} limiter={provider.limiter} />
        </Stack>
      ))}
    </Panel>
  );
}

function LimitUse({ name, limiter }: { name: string; limiter: Provider["limiter"] }) {
  if (limiter === null)
    return <Text size="sm">No limit of calls per second is set for this account.</Text>;
  const { perSecond, tokens, burst, waiting } = limiter;
  const used = Math.max(0, burst - tokens);
  return (
    <>
      <Progress
        value={(used / burst) * 100}
        aria-label={`${name}: ${used.toFixed(1)} of ${burst} turns in use`}
      />
      <Text size="sm" className="number">
        {used.toFixed(1)} of {burst} turns in use, {perSecond} a second; {waiting} waiting
      </Text>
    </>
  );
}
