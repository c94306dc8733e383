import { Alert, Button, Checkbox, Grid, Group, Stack, Text, TextInput } from "@mantine/core";

import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { t, tIn } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { isSandbox } from "../../session/session.ts";
import { permissionName } from "../../words/permission-words.ts";
import { CallCode } from "./call-code.tsx";
import { DryRun } from "./dry-run.tsx";
import { fieldProblem } from "./field-problem.ts";
import { type PlaceForm as Form, withSteps } from "./place-form.ts";
import { RehearseCall } from "./rehearsal.tsx";
import { SCRIPTED_NUMBERS } from "./scripted-numbers.ts";
import { StepsField } from "./steps-field.tsx";
import { usePlaceForm } from "./use-place-form.ts";
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
    return (
      <EmptyState>
        {t("Your key may not place calls: {permissions}.", {
          permissions: permissions.map(permissionName).join(", "),
        })}
      </EmptyState>
    );
  return <PlaceForm />;
}

function PlaceForm() {
  const { form, request, error, isEmpty, ...placing } = usePlaceForm();
  const isTrial = isSandbox(useSignedIn());
  return (
    <Stack maw={1400}>
      <ScreenTitle>{t("Place a call")}</ScreenTitle>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: isTrial ? 3 : 1, md: 3 }}>
          {isTrial ? (
            <Scripted onChoose={(toNumber) => placing.change({ toNumber })} />
          ) : (
            <Alert color="warn" variant="light" title={t("This is a real call")}>
              {t("The phone rings, and the provider charges for it.")}
            </Alert>
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }} order={2}>
          <Stack
            component="form"
            onSubmit={(event: React.FormEvent) => {
              event.preventDefault();
              placing.place();
            }}
          >
            <Fields form={form} error={error} change={placing.change} />
            <Panel title={t("4. Try it, or have your software do it")}>
              <DryRun request={request} onError={placing.onTried} />
              <RehearseCall request={request} isSandbox={isTrial} onError={placing.onTried} />
              <CallCode request={request} />
            </Panel>
            <ErrorAlert error={fieldProblem(error, ...PLACES) === undefined ? error : null} />
            <Group>
              <Button type="submit" size="md" loading={placing.isPlacing}>
                {tIn("button", "Call")}
              </Button>
              {!isEmpty && (
                <Button variant="subtle" size="md" onClick={placing.clear}>
                  {t("Clear the form")}
                </Button>
              )}
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
      <Panel title={t("1. Callee and text")}>
        <TextInput
          label={t("Number")}
          description={t("With country code, such as +15550100100")}
          withAsterisk
          inputMode="tel"
          value={form.toNumber}
          error={fieldProblem(error, "toNumber")}
          onChange={(event) => change({ toNumber: event.currentTarget.value })}
        />
        <StepsField
          steps={form.steps}
          error={error}
          onChange={(steps) => change(withSteps(form, steps))}
        />
        <Checkbox
          label={t("Sensitive: the text is never shown, and is deleted when the call is over")}
          checked={form.sensitive}
          onChange={(event) => change({ sensitive: event.currentTarget.checked })}
        />
      </Panel>
      <Panel title={t("2. Attempts")}>
        <ReachedFields form={form} error={error} change={change} />
      </Panel>
      <Panel title={t("3. Time (optional)")}>
        <WhenFields form={form} error={error} change={change} />
      </Panel>
    </>
  );
}

function Scripted({ onChoose }: { onChoose: (number: string) => void }) {
  return (
    <Alert color="warn" variant="light" title={t("SANDBOX: no phone rings, nothing is charged")}>
      <Text size="sm" mb="xs">
        {t("These numbers are scripted:")}
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
              <PhoneNumber e164={number} />: {what}
            </span>
          </Button>
        ))}
      </Stack>
    </Alert>
  );
}
