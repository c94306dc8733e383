import { Button, Group, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { DialogButton } from "../../components/dialog-button.tsx";
import { DialogForm } from "../../components/dialog-form.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { t } from "../../language/translate.ts";

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
        {t("Resume {name}", { name })}
      </Button>
    </Group>
  );
}

function Pause(pausable: Pausable) {
  const { name } = pausable;
  return (
    <DialogButton label={t("Pause {name}", { name })} size="compact-sm">
      {() => <PauseForm {...pausable} />}
    </DialogButton>
  );
}

// After the pause, this form disappears with its button.
function PauseForm({ effect, readers, queryKey, pause }: Pausable) {
  const [reason, setReason] = useState("");
  return (
    <DialogForm
      submit={t("Pause")}
      color="red"
      fields={["reason"]}
      act={async () => pause(reason)}
      changes={queryKey}
    >
      {(errorAt) => (
        <>
          <Text>{effect}</Text>
          <TextInput
            label={t("Reason")}
            description={readers}
            value={reason}
            {...errorAt("reason")}
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
    </DialogForm>
  );
}
