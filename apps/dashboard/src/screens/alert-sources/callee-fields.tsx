import { Button, Group, Stack, Text, TextInput } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import type { FieldsProps } from "./fields-props.ts";
import type { NumberDraft } from "./source-draft.ts";

/** Who is called: one number, and others by the value of a label. */
export function CalleeFields({ draft, change, problem }: FieldsProps) {
  const { label, numbers } = draft;
  const isByLabel = label !== "" || numbers.length > 0;
  const add = () => change({ numbers: [...numbers, { id: nextId(numbers), is: "", to: "" }] });
  return (
    <Panel title={t("Who is called")}>
      <TextInput
        label={t("Number")}
        description={t(
          "With country code, such as +15550100100. Called unless a label names another number",
        )}
        withAsterisk
        inputMode="tel"
        value={draft.to}
        error={problem("rule.to")}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      {isByLabel && (
        <TextInput
          label={t("Label that decides who is called")}
          description={t(
            "Such as team. Alerts without this label, or with another value, call the number above",
          )}
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
          {t("The numbers of the label {problem}", {
            problem: problem("rule.toByLabel.numbers") ?? "",
          })}
        </Text>
      )}
      <Group>
        <Button variant="default" size="compact-sm" onClick={add}>
          {isByLabel ? t("Add a value of the label") : t("Call others by a label")}
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
    <Group align="start" gap="xs" role="group" aria-label={t("Number {nth} of the label", { nth })}>
      <TextInput
        label={t("Value {nth}", { nth })}
        placeholder="database"
        flex="1 1 140px"
        value={one.is}
        error={problem(`${place}.is`)}
        onChange={(event) => onChange({ ...one, is: event.currentTarget.value })}
      />
      <TextInput
        label={t("Number {nth}", { nth })}
        inputMode="tel"
        flex="1 1 160px"
        value={one.to}
        error={problem(`${place}.to`)}
        onChange={(event) => onChange({ ...one, to: event.currentTarget.value })}
      />
      <Stack justify="end" pt={26}>
        <Button variant="subtle" size="compact-sm" onClick={onRemove}>
          {t("Remove {nth}", { nth })}
        </Button>
      </Stack>
    </Group>
  );
}

function nextId(numbers: readonly NumberDraft[]): number {
  return Math.max(-1, ...numbers.map(({ id }) => id)) + 1;
}
