import {
  Autocomplete,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";

import { MomentField } from "../../components/moment-field.tsx";
import { t } from "../../language/translate.ts";
import { fieldProblem } from "./field-problem.ts";
import type { PlaceForm } from "./place-form.ts";

/** Props of a part of the form: values, the server's last error, and a setter. */
export interface FieldProps {
  form: PlaceForm;
  error: unknown;
  change: (changes: Partial<PlaceForm>) => void;
}

const REACHED = [
  { value: "answered", label: t("a person or a machine answers") },
  { value: "human", label: t("a person answers, no machine") },
  { value: "acknowledged", label: t("the callee presses the key that acknowledges") },
];

/** Fields for the definition of "reached" and for retries. */
export function ReachedFields({ form, error, change }: FieldProps) {
  return (
    <Stack gap="sm">
      <Text size="sm">
        {t(
          "Set as for an alert: a person presses 4, in up to 3 attempts. A request by the API that leaves this out counts as reached when anybody or a machine answers, and is tried once.",
        )}
      </Text>
      <Select
        label={t("Reached when")}
        data={REACHED}
        value={form.reachedWhen}
        allowDeselect={false}
        error={fieldProblem(error, "reachedWhen")}
        onChange={(value) => change({ reachedWhen: value as PlaceForm["reachedWhen"] })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={t("Most attempts")}
          value={form.attempts}
          error={fieldProblem(error, "retry.maxAttempts")}
          onChange={(value) => change({ attempts: Number(value) })}
        />
        <NumberInput
          label={t("Seconds between attempts")}
          value={form.delaySeconds}
          disabled={form.attempts < 2}
          error={fieldProblem(error, "retry.backoff")}
          onChange={(value) => change({ delaySeconds: Number(value) })}
        />
      </SimpleGrid>
    </Stack>
  );
}

/** Fields for start, deadline, time zone and idempotency key. */
export function WhenFields({ form, error, change }: FieldProps) {
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <MomentField
          label={t("Not before")}
          description={t("Empty: now")}
          value={form.scheduledAt}
          error={fieldProblem(error, "scheduledAt")}
          onChange={(scheduledAt) => change({ scheduledAt })}
        />
        <MomentField
          label={t("Not after")}
          description={t("Then it ends as Expired")}
          value={form.deadlineAt}
          error={fieldProblem(error, "deadlineAt")}
          onChange={(deadlineAt) => change({ deadlineAt })}
        />
      </SimpleGrid>
      <Autocomplete
        label={t("The callee's time zone")}
        description={t("For the project's quiet hours")}
        placeholder="Europe/Berlin"
        data={Intl.supportedValuesOf("timeZone")}
        limit={20}
        value={form.timeZone}
        error={fieldProblem(error, "timeZone")}
        onChange={(timeZone) => change({ timeZone })}
      />
      <TextInput
        label={t("Idempotency key")}
        description={t("A request repeated with the same key places no second call")}
        value={form.idempotencyKey}
        error={fieldProblem(error, "idempotencyKey")}
        onChange={(event) => change({ idempotencyKey: event.currentTarget.value })}
      />
    </Stack>
  );
}
