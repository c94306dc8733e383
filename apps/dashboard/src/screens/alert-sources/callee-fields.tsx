import { Button, Group, Stack, Text, TextInput } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import type { FieldsProps } from "./fields-props.ts";
import type { NumberDraft } from "./source-draft.ts";

/** Who is called: one number, and others by the value of a label. */
export function CalleeFields({ draft, change, problem }: FieldsProps) {
  const { label, numbers } = draft;
  const isByLabel = label !== "" || numbers.length > 0;
  const add = () => change({ numbers: [...numbers, { id: nextId(numbers), is: "", to: "" }] });
  return (
    <Panel title="Who is called">
      <TextInput
        label="Number"
        description="With country code, such as +15550100100. Called unless a label names another number"
        withAsterisk
        inputMode="tel"
        value={draft.to}
        error={problem("rule.to")}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      {isByLabel && (
        <TextInput
          label="Label that decides who is called"
          description="Such as team. Alerts without this label, or with another value, call the number above"
          value={label}
          error={problem("rule.toByLabel.label")}
          onChange={(event) => change({ label: event.currentTarget.value })}
        />
      )}
      {numbers.map((one, index) => (
        <LabelNumber
          key={one.id}
          {...{ one, index, problem }}
          onChange={(changed) =>
            change({ numbers: numbers.map((old) => (old.id === changed.id ? changed : old)) })
          }
          onRemove={() => {
            const rest = numbers.filter(({ id }) => id !== one.id);
            change({ numbers: rest, ...(rest.length === 0 && { label: "" }) });
          }}
        />
      ))}
      {problem("rule.toByLabel.numbers") !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          The numbers of the label {problem("rule.toByLabel.numbers")}
        </Text>
      )}
      <Group>
        <Button variant="default" size="compact-sm" onClick={add}>
          {isByLabel ? "Add a value of the label" : "Call others by a label"}
        </Button>
      </Group>
    </Panel>
  );
}

interface LabelNumberProps extends Pick<FieldsProps, "problem"> {
  one: NumberDraft;
  index: number;
  onChange: (changed: NumberDraft) => void;
  onRemove: () => void;
}

function LabelNumber({ one, index, problem, onChange, onRemove }: LabelNumberProps) {
  const place = `rule.toByLabel.numbers.${index}`;
  const nth = index + 1;
  return (
    <Group align="start" gap="xs" role="group" aria-label={`Number ${nth} of the label`}>
      <TextInput
        label={`Value ${nth}`}
        placeholder="database"
        flex="1 1 140px"
        value={one.is}
        error={problem(`${place}.is`)}
        onChange={(event) => onChange({ ...one, is: event.currentTarget.value })}
      />
      <TextInput
        label={`Number ${nth}`}
        inputMode="tel"
        flex="1 1 160px"
        value={one.to}
        error={problem(`${place}.to`)}
        onChange={(event) => onChange({ ...one, to: event.currentTarget.value })}
      />
      <Stack justify="end" pt={26}>
        <Button variant="subtle" size="compact-sm" onClick={onRemove}>
          Remove {nth}
        </Button>
      </Stack>
    </Group>
  );
}

function nextId(numbers: readonly NumberDraft[]): number {
  return Math.max(-1, ...numbers.map(({ id }) => id)) + 1;
}
