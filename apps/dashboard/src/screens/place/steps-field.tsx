import { Button, Group, NumberInput, Paper, Stack, Text, Textarea, TextInput } from "@mantine/core";

import { t } from "../../language/translate.ts";
import { fieldProblem } from "./field-problem.ts";
import { HearSteps } from "./hear-steps.tsx";
import { addStep, hasQuestion, QUESTION, type StepDraft } from "./place-form.ts";

interface Props {
  steps: readonly StepDraft[];
  error: unknown;
  onChange: (steps: StepDraft[]) => void;
}

/** Editor of the steps of a call. */
export function StepsField({ steps, error, onChange }: Props) {
  const inStep = steps.some((_, index) => fieldProblem(error, `say.${index}`) !== undefined);
  return (
    <Stack gap="xs" role="group" aria-label={t("What is said")}>
      <Text size="sm" fw={500}>
        {t("What is said")}
      </Text>
      {steps.map((step, index) => (
        <Paper key={step.id} withBorder p="sm">
          <Step
            step={step}
            label={index === 0 ? "" : ` ${t("(step {number})", { number: index + 1 })}`}
            problem={fieldProblem(error, `say.${index}`)}
            onChange={(changed) =>
              onChange(steps.map((one) => (one.id === changed.id ? changed : one)))
            }
          />
          {steps.length > 1 && (
            <Button
              size="compact-sm"
              variant="subtle"
              mt={4}
              onClick={() => onChange(steps.filter(({ id }) => id !== step.id))}
            >
              {t("Remove step {number}", { number: index + 1 })}
            </Button>
          )}
        </Paper>
      ))}
      {!inStep && fieldProblem(error, "say") !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {fieldProblem(error, "say")}
        </Text>
      )}
      <AddSteps steps={steps} onAdd={(step) => onChange(addStep(steps, step))} />
      <HearSteps steps={steps} />
    </Stack>
  );
}

interface AddProps {
  steps: readonly StepDraft[];
  onAdd: (step: StepDraft) => void;
}

// The form allows one question per call.
function AddSteps({ steps, onAdd }: AddProps) {
  const id = Math.max(-1, ...steps.map((step) => step.id)) + 1;
  const choices: { label: string; step: StepDraft }[] = [
    { label: t("Add a text"), step: { id, kind: "say", text: "" } },
    { label: t("Add a pause"), step: { id, kind: "pause", seconds: 1 } },
    ...(hasQuestion(steps) ? [] : [{ label: t("Add a question"), step: { id, ...QUESTION } }]),
  ];
  return (
    <Group gap="xs">
      {choices.map(({ label, step }) => (
        <Button key={label} size="compact-sm" variant="default" onClick={() => onAdd(step)}>
          {label}
        </Button>
      ))}
    </Group>
  );
}

interface StepProps {
  step: StepDraft;
  /** Suffix that makes the labels of further steps unique. */
  label: string;
  problem: string | undefined;
  onChange: (step: StepDraft) => void;
}

function Step({ step, label, problem, onChange }: StepProps) {
  switch (step.kind) {
    case "say":
      return (
        <Textarea
          label={`${t("Spoken text")}${label}`}
          autosize
          minRows={2}
          dir="auto"
          value={step.text}
          error={problem}
          onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
        />
      );
    case "pause":
      return (
        <NumberInput
          label={`${t("Silence in seconds")}${label}`}
          value={step.seconds}
          error={problem}
          onChange={(value) => onChange({ ...step, seconds: Number(value) })}
        />
      );
    case "gather":
      return (
        <Stack gap="xs">
          <Textarea
            label={`${t("Question")}${label}`}
            description={t("Pressing 4 acknowledges")}
            autosize
            dir="auto"
            value={step.text}
            error={problem}
            onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
          />
          <TextInput
            label={`${t("Said after a 4")}${label}`}
            dir="auto"
            value={step.thanks}
            onChange={(event) => onChange({ ...step, thanks: event.currentTarget.value })}
          />
        </Stack>
      );
  }
}
