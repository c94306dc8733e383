import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { errorIn } from "../../connection/error-text.ts";

/** What can be paused, and how. */
export interface Pausable {
  name: string;
  isPaused: boolean;
  /** Effect of the pause, shown before it. */
  effect: string;
  /** Who sees the reason. */
  readers: string;
  /** Query to refetch after a change. */
  queryKey: readonly string[];
  pause: (reason: string) => Promise<unknown>;
  resume: () => Promise<unknown>;
}

/** Pause and resume of a provider account or a project; a pause needs a reason. */
export function PauseSwitch(pausable: Pausable) {
  return pausable.isPaused ? <Resume {...pausable} /> : <Pause {...pausable} />;
}

function Resume({ name, queryKey, resume }: Pausable) {
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: resume,
    onSuccess: async () => queries.invalidateQueries({ queryKey }),
  });
  return (
    <Group gap="xs">
      <ErrorAlert error={error} />
      <Button size="compact-sm" variant="default" loading={isPending} onClick={() => mutate()}>
        Resume {name}
      </Button>
    </Group>
  );
}

function Pause(pausable: Pausable) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        Pause {pausable.name}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={`Pause ${pausable.name}`}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <PauseForm {...pausable} />
      </Modal>
    </>
  );
}

// After the pause, this form disappears with its button.
function PauseForm({ effect, readers, queryKey, pause }: Pausable) {
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => pause(reason),
    onSuccess: async () => queries.invalidateQueries({ queryKey }),
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
      <Text>{effect}</Text>
      <TextInput
        label="Reason"
        description={readers}
        value={reason}
        error={inField}
        data-autofocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ErrorAlert error={inField === undefined ? error : null} />
      <Group justify="flex-end">
        <Button type="submit" color="red" loading={isPending}>
          Pause
        </Button>
      </Group>
    </Stack>
  );
}
