import {
  Alert,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { isSandbox } from "../../session/session.ts";
import { Trouble } from "../trouble.tsx";
import { orderOf, type PlaceForm } from "./call-order.ts";
import { SCRIPTED_NUMBERS } from "./scripted-numbers.ts";

const EMPTY: PlaceForm = { toNumber: "", text: "", asksForDigit: false, attempts: 1 };

/** Place one call by hand: to try the product, or to reach somebody now. */
export default function PlaceScreen() {
  const [form, setForm] = useState(EMPTY);
  const [, go] = useLocation();
  const isTrial = isSandbox(useSignedIn());
  const change = (changes: Partial<PlaceForm>) => setForm({ ...form, ...changes });
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => api.calls.dispatch.mutate(orderOf(form)),
    onSuccess: ({ _id }) => go(`/calls/${_id}`),
  });
  return (
    <Stack
      component="form"
      maw={560}
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Title order={1} size="h3">
        Place a call
      </Title>
      {isTrial ? (
        <Scripted onChoose={(toNumber) => change({ toNumber })} />
      ) : (
        <Alert color="orange" variant="outline" title="This is a real call">
          The phone rings, and the provider charges for it.
        </Alert>
      )}
      <Fields form={form} change={change} />
      <Trouble error={error} />
      <Group>
        <Button type="submit" loading={isPending}>
          Call
        </Button>
      </Group>
    </Stack>
  );
}

interface FieldsProps {
  form: PlaceForm;
  change: (changes: Partial<PlaceForm>) => void;
}

function Fields({ form, change }: FieldsProps) {
  return (
    <>
      <TextInput
        label="Number"
        description="E.164: a plus, the country, the number"
        required
        value={form.toNumber}
        onChange={(event) => change({ toNumber: event.currentTarget.value })}
      />
      <Textarea
        label="Spoken text"
        required
        autosize
        minRows={3}
        dir="auto"
        value={form.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <Checkbox
        label="Ask to press 4, and count only that as reached"
        checked={form.asksForDigit}
        onChange={(event) => change({ asksForDigit: event.currentTarget.checked })}
      />
      <NumberInput
        label="Attempts at most"
        min={1}
        max={10}
        value={form.attempts}
        onChange={(value) => change({ attempts: Number(value) || 1 })}
      />
    </>
  );
}

function Scripted({ onChoose }: { onChoose: (number: string) => void }) {
  return (
    <Alert color="yellow" variant="outline" title="SANDBOX: no phone rings, nothing is charged">
      <Text size="sm" mb="xs">
        These numbers do as they say:
      </Text>
      <Stack gap={4} align="start">
        {SCRIPTED_NUMBERS.map(({ number, what }) => (
          <Button key={number} variant="default" size="compact-sm" onClick={() => onChoose(number)}>
            <span className="number">{number}</span>: {what}
          </Button>
        ))}
      </Stack>
    </Alert>
  );
}
