import { Alert, Button, Checkbox, Grid, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api } from "../../api.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { isSandbox } from "../../session/session.ts";
import { EMPTY_FORM, orderOf, type PlaceForm as Form } from "./place-form.ts";
import { SCRIPTED_NUMBERS } from "./scripted-numbers.ts";
import { StepsField } from "./steps-field.tsx";
import { ReachedFields, WhenFields } from "./when-fields.tsx";

/** Fields of a request that show their own errors. */
const PLACES = [
  "toNumber",
  "say",
  "reachedWhen",
  "retry",
  "scheduledAt",
  "deadlineAt",
  "timeZone",
  "idempotencyKey",
];

/** Form that places one call. */
export default function PlaceScreen() {
  const { may, permissions } = useSignedIn();
  if (!may.includes("dispatch"))
    return <EmptyState>Your key may not place calls: {permissions.join(", ")}.</EmptyState>;
  return <PlaceForm />;
}

function PlaceForm() {
  const [form, setForm] = useState(EMPTY_FORM);
  const [, go] = useLocation();
  const isTrial = isSandbox(useSignedIn());
  const change = (changes: Partial<Form>) => setForm({ ...form, ...changes });
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => api.calls.dispatch.mutate(orderOf(form)),
    onSuccess: ({ _id }) => go(`/calls/${_id}`),
  });
  return (
    <Stack maw={1400}>
      <Title order={1} size="h3">
        Place a call
      </Title>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
          {isTrial ? (
            <Scripted onChoose={(toNumber) => change({ toNumber })} />
          ) : (
            <Alert color="orange" variant="outline" title="This is a real call">
              The phone rings, and the provider charges for it.
            </Alert>
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
          <Stack
            component="form"
            onSubmit={(event: React.FormEvent) => {
              event.preventDefault();
              mutate();
            }}
          >
            <Fields form={form} error={error} change={change} />
            <ErrorAlert error={errorIn(error, ...PLACES) === undefined ? error : null} />
            <Group>
              <Button type="submit" size="md" loading={isPending}>
                Call
              </Button>
            </Group>
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

interface FieldsProps {
  form: Form;
  error: unknown;
  change: (changes: Partial<Form>) => void;
}

function Fields({ form, error, change }: FieldsProps) {
  return (
    <>
      <Panel title="Callee and text">
        <TextInput
          label="Number"
          description="With country code, such as +15550100100"
          withAsterisk
          inputMode="tel"
          value={form.toNumber}
          error={errorIn(error, "toNumber")}
          onChange={(event) => change({ toNumber: event.currentTarget.value })}
        />
        <StepsField
          steps={form.steps}
          error={error}
          onChange={(steps) =>
            change({
              steps,
              // A question usually needs an acknowledgement; the person can change this.
              ...(steps.at(-1)?.kind === "gather" &&
                steps.length > form.steps.length && { reachedWhen: "acknowledged" as const }),
            })
          }
        />
        <Checkbox
          label="Sensitive: the text is never shown, and is deleted when the call is over"
          checked={form.sensitive}
          onChange={(event) => change({ sensitive: event.currentTarget.checked })}
        />
      </Panel>
      <Panel title="Attempts">
        <ReachedFields form={form} error={error} change={change} />
      </Panel>
      <Panel title="Time (optional)">
        <WhenFields form={form} error={error} change={change} />
      </Panel>
    </>
  );
}

function Scripted({ onChoose }: { onChoose: (number: string) => void }) {
  return (
    <Alert color="yellow" variant="outline" title="SANDBOX: no phone rings, nothing is charged">
      <Text size="sm" mb="xs">
        These numbers are scripted:
      </Text>
      <Stack gap={6} align="start">
        {SCRIPTED_NUMBERS.map(({ number, what }) => (
          <Button
            key={number}
            variant="default"
            size="compact-sm"
            h="auto"
            py={4}
            maw="100%"
            styles={{ label: { whiteSpace: "normal", textAlign: "start", lineHeight: 1.4 } }}
            onClick={() => onChoose(number)}
          >
            <span>
              <span className="number">{number}</span>: {what}
            </span>
          </Button>
        ))}
      </Stack>
    </Alert>
  );
}
