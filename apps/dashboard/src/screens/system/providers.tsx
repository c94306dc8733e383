import { Badge, Button, Group, Modal, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, errorIn } from "../../api.ts";
import { Moment } from "../../format/moment.tsx";
import { Panel } from "../../parts/panel.tsx";
import { useSignedIn } from "../../session/session-context.ts";
import { Trouble } from "../trouble.tsx";
import { HEALTH, type Health } from "./health.ts";

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
            {may.includes("administer") && <Switch provider={provider} />}
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

function Switch({ provider: { name, pause } }: { provider: Provider }) {
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () =>
      pause === null
        ? api.system.pauseProvider.mutate({ name, reason })
        : api.system.resumeProvider.mutate({ name }),
    onSuccess: async () => {
      setAsking(false);
      setReason("");
      await queries.invalidateQueries({ queryKey: HEALTH });
    },
  });
  if (pause !== null)
    return (
      <Group gap="xs">
        <Trouble error={error} />
        <Button size="compact-md" variant="default" loading={isPending} onClick={() => mutate()}>
          Resume {name}
        </Button>
      </Group>
    );
  const inField = errorIn(error, "reason");
  return (
    <>
      <Button size="compact-md" variant="default" onClick={() => setAsking(true)}>
        Pause {name}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={`Pause ${name}`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack
          component="form"
          onSubmit={(event: React.FormEvent) => {
            event.preventDefault();
            mutate();
          }}
        >
          <Text>
            No project's calls go through this account until somebody resumes it. They go through
            the next one of their chain, or wait.
          </Text>
          <TextInput
            label="Reason"
            description="Shown to everybody who looks why calls wait"
            value={reason}
            error={inField}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Trouble error={inField === undefined ? error : null} />
          <Group justify="flex-end">
            <Button type="submit" color="red" loading={isPending}>
              Pause
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
