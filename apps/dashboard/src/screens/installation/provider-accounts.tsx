import { Group, Progress, Stack, Text } from "@mantine/core";

import { api } from "../../api.ts";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { tenthText } from "../../language/local-format.ts";
import { Trans } from "../../language/trans.tsx";
import { t, tIn } from "../../language/translate.ts";
import { PausedBadge } from "../health/paused-badge.tsx";
import { INSTALLATION, type Installation } from "./installation.ts";
import { PauseSwitch } from "./pause-switch.tsx";

type Provider = Installation["providers"][number];

/** Who paused an account. */
const BY = {
  person: tIn("pause", "person"),
  configuration: tIn("pause", "configuration"),
} as const;

/** The provider accounts: whether each is in use or paused, how much of its limit is used, and the switch. */
export function ProviderAccounts({ providers }: Pick<Installation, "providers">) {
  return (
    <Panel title={t("Providers")}>
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
          effect={t(
            "No calls go through this account until an operator resumes it. They use the next account of their chain, or wait.",
          )}
          readers={t("For operators; projects see only that the account is paused")}
          queryKey={INSTALLATION}
          pause={async (reason) => api.system.pauseProvider.mutate({ name, reason })}
          resume={async () => api.system.resumeProvider.mutate({ name })}
        />
      </Group>
      {pause && (
        <Text size="sm" dir="auto">
          <Trans
            text="by {who}: {reason} (since <time/>)"
            values={{ who: BY[pause.by], reason: pause.reason }}
            parts={{ time: <Moment iso={pause.at} /> }}
          />
        </Text>
      )}
      <LimitUse name={name} limiter={limiter} />
    </Stack>
  );
}

function LimitUse({ name, limiter }: { name: string; limiter: Provider["limiter"] }) {
  if (limiter === null)
    return <Text size="sm">{t("This account has no limit of calls per second.")}</Text>;
  const { perSecond, tokens, burst, waiting } = limiter;
  const used = Math.max(0, burst - tokens);
  return (
    <>
      <Progress
        value={(used / burst) * 100}
        aria-label={t("{name}: {used} of {all} turns in use", {
          name,
          used: tenthText(used),
          all: burst,
        })}
      />
      <Text size="sm" className="number">
        {t("{used} of {all} turns in use, {rate, number} a second; {waiting, number} waiting", {
          used: tenthText(used),
          all: burst,
          rate: perSecond,
          waiting,
        })}
      </Text>
    </>
  );
}
