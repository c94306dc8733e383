import type { CallLogView } from "@call-log/model";
import { Alert, Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, errorIn } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { Trouble } from "../trouble.tsx";

type Choice = "not-placed" | "placed" | "call-again";

/** What each choice does, in words for 3 a.m. */
const CHOICES: Readonly<Record<Choice, { label: string; effect: string }>> = {
  "not-placed": {
    label: "It was never placed",
    effect: "The call ends as Failed. Nobody is dialled. It can be called again afterwards.",
  },
  placed: {
    label: "It was placed: this is its id at the provider",
    effect: "The call is bound to that one, and its state, digits and price are read from there.",
  },
  "call-again": {
    label: "Call again, whatever became of it",
    effect: "A new attempt is dialled now. If the first one did ring, the phone rings twice.",
  },
};

/** A call that the provider may or may not have placed: look there, then say what it was. */
export function ResolveCall({ call }: { call: CallLogView }) {
  const { may } = useSignedIn();
  const [choice, setChoice] = useState<Choice>();
  const [providerCallId, setProviderCallId] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (as: Choice) =>
      api.calls.resolve.mutate(
        as === "placed" ? { id: call._id, as, providerCallId } : { id: call._id, as },
      ),
    onSuccess: async () => queries.invalidateQueries(),
  });
  const inField = errorIn(error, "providerCallId");
  return (
    <Alert color="orange" variant="outline" title="Was this call placed?">
      <Text size="sm" mb="sm">
        The provider's answer was lost. It is looked for there by itself; while that goes on, or
        when nothing is found, it is not dialled again. Look in the provider's console for calls to
        this number, then say what you found.
      </Text>
      {may.includes("dispatch") && (
        <Stack
          component="form"
          gap="sm"
          onSubmit={(event: React.FormEvent) => {
            event.preventDefault();
            if (choice !== undefined) mutate(choice);
          }}
        >
          <Choices choice={choice} onChoose={setChoice} />
          {choice === "placed" && (
            <TextInput
              label="Id of the call at the provider"
              required
              maw={420}
              value={providerCallId}
              error={inField}
              onChange={(event) => setProviderCallId(event.currentTarget.value)}
            />
          )}
          <Trouble error={inField === undefined ? error : null} />
          <Group>
            <Button type="submit" variant="default" loading={isPending} disabled={!choice}>
              Resolve
            </Button>
          </Group>
        </Stack>
      )}
    </Alert>
  );
}

function Choices(props: { choice: Choice | undefined; onChoose: (choice: Choice) => void }) {
  return (
    <Radio.Group
      aria-label="What it was"
      value={props.choice ?? null}
      onChange={(value) => props.onChoose(value as Choice)}
    >
      <Stack gap="xs">
        {Object.entries(CHOICES).map(([value, { label, effect }]) => (
          <Radio key={value} value={value} label={label} description={effect} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
