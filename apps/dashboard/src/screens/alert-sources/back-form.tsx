import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";

import { DialogButton } from "../../components/dialog-button.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { t, tIn } from "../../language/translate.ts";
import { BACK_TITLES, type BackDraft, backKindsFor } from "./back-draft.ts";
import { RequestFields, SecretField, SilenceFields, UrlField } from "./back-fields.tsx";
import type { Source } from "./sources.ts";
import { TestBack } from "./test-back.tsx";
import { useBackForm } from "./use-back-form.ts";

/** How the source is informed when somebody acknowledges a call. */
export function BackForm({ source }: { source: Source }) {
  const form = useBackForm(source);
  const { draft, change, saving, unplaced } = form;
  const { back, kind } = source;
  const element = useRef<HTMLFormElement>(null);
  const { error } = saving;
  useEffect(() => {
    if (error) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return (
    <Panel title={t("Back to the source")}>
      <Text size="sm">
        {t(
          "When somebody acknowledges a call of this source, the program is informed, so that it does not alert others as well.",
        )}
      </Text>
      <form
        ref={element}
        aria-label={t("Back to the source")}
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        <Stack gap="sm">
          <NativeSelect
            label={t("What is done there")}
            value={draft.kind}
            data={backKindsFor(kind).map((value) => ({ value, label: BACK_TITLES[value] }))}
            onChange={(event) => change({ kind: event.currentTarget.value as BackDraft["kind"] })}
          />
          {draft.kind !== "none" && <Fields form={form} back={back} />}
          <ErrorAlert error={unplaced} />
          <Group>
            <Button type="submit" variant="default" loading={saving.isPending}>
              {t("Save what is sent back")}
            </Button>
            {back !== null && (
              <DialogButton label={t("Test it")} title={t("Test what is sent back")}>
                {() => <TestBack id={source._id} kind={back.kind} />}
              </DialogButton>
            )}
            <Text size="sm" role="status">
              {saving.isSuccess ? t("Saved.") : ""}
            </Text>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function Fields({ form, back }: { form: ReturnType<typeof useBackForm>; back: Source["back"] }) {
  const { kind } = form.draft;
  const hasSecret = back !== null && back.kind === kind && back.hasSecret;
  return (
    <>
      <UrlField {...form} />
      {(kind === "alertmanager" || kind === "grafana") && <SilenceFields {...form} />}
      {kind === "oneuptime" && (
        <NativeSelect
          label={t("The fingerprint is the id of")}
          value={form.draft.resource}
          data={[
            { value: "incident", label: tIn("of OneUptime", "an incident") },
            { value: "alert", label: tIn("of OneUptime", "an alert") },
          ]}
          onChange={(event) =>
            form.change({ resource: event.currentTarget.value as BackDraft["resource"] })
          }
        />
      )}
      {kind === "template" && <RequestFields {...form} />}
      <SecretField {...form} hasSecret={hasSecret} />
    </>
  );
}
