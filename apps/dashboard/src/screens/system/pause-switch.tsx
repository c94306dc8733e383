import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, errorIn } from "../../api.ts";
import { Trouble } from "../trouble.tsx";
import { HEALTH, type Health } from "./health.ts";

/** The switch of a provider account; to pause it takes a reason. */
export function PauseSwitch({ provider }: { provider: Health["providers"][number] }) {
  const { name, pause } = provider;
  return pause === null ? <Pause name={name} /> : <Resume name={name} />;
}

function Resume({ name }: { name: string }) {
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => api.system.resumeProvider.mutate({ name }),
    onSuccess: async () => queries.invalidateQueries({ queryKey: HEALTH }),
  });
  return (
    <Group gap="xs">
      <Trouble error={error} />
      <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate()}>
        Resume {name}
      </Button>
    </Group>
  );
}

function Pause({ name }: { name: string }) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        Pause {name}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={`Pause ${name}`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <PauseForm name={name} />
      </Modal>
    </>
  );
}

// When it is paused, the button with this form is gone.
function PauseForm({ name }: { name: string }) {
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => api.system.pauseProvider.mutate({ name, reason }),
    onSuccess: async () => queries.invalidateQueries({ queryKey: HEALTH }),
  });
  const inField = errorIn(error, "reason");
  return (
    <Stack
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Text>
        No project's calls go through this account until somebody resumes it. They go through the
        next one of their chain, or wait.
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
  );
}
