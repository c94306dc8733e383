import { Group, Progress, Stack, Text } from "@mantine/core";

import { api } from "../../api.ts";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { PausedBadge } from "../health/paused-badge.tsx";
import { INSTALLATION, type Installation } from "./installation.ts";
import { PauseSwitch } from "./pause-switch.tsx";

type Provider = Installation["providers"][number];

/** The provider accounts: whether each is in use or paused, how much of its limit is used, and the switch. */
export function ProviderAccounts({ providers }: Pick<Installation, "providers">) {
  return (
    <Panel title="Providers">
      {providers.map((provider) => (
        <Account key={provider.name} provider={provider} />
      ))}
    </Panel>
  );
}

function Account({ provider: { name, pause, limiter } }: { provider: Provider }) {
  return (
    <Stack gap={6} data-provider={name}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Text fw={600}>{name}</Text>
          <PausedBadge isPaused={pause !== null} />
        </Group>
        <PauseSwitch
          name={name}
          isPaused={pause !== null}
          effect="No calls go through this account until an operator resumes it. They use the next account of their chain, or wait."
          readers="For operators; projects see only that the account is paused"
          queryKey={INSTALLATION}
          pause={async (reason) => api.system.pauseProvider.mutate({ name, reason })}
          resume={async () => api.system.resumeProvider.mutate({ name })}
        />
      </Group>
      {pause && (
        <Text size="sm" dir="auto">
          by {pause.by}: {pause.reason} (since <Moment iso={pause.at} />)
        </Text>
      )}
      <LimitUse name={name} limiter={limiter} />
    </Stack>
  );
}

function LimitUse({ name, limiter }: { name: string; limiter: Provider["limiter"] }) {
  if (limiter === null)
    return <Text size="sm">This account has no limit of calls per second.</Text>;
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
