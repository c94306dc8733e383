import { ALERT_SOURCE_KINDS, type AlertSourceKind } from "@call-log/model";
import { Button, Grid, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useRef } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { CalleeFields } from "./callee-fields.tsx";
import { DryRun } from "./dry-run.tsx";
import { isPlaced, unplacedProblem } from "./field-problems.ts";
import type { FieldsProps } from "./fields-props.ts";
import { MappingFields } from "./mapping-fields.tsx";
import { MoreFields } from "./more-fields.tsx";
import { ReachedFields } from "./reached-fields.tsx";
import type { Source, SourceWithToken } from "./sources.ts";
import { SpokenFields } from "./spoken-fields.tsx";
import { useSourceForm } from "./use-source-form.ts";

/** Fields that show their own problems. */
const PLACES = ["name", "kind", "rule", "mapping"];

interface Props {
  /** The source to change; a new one without. */
  source?: Source;
  onCreated?: (created: SourceWithToken) => void;
}

/** The form of a source, beside a dry run of what is in it. */
export function SourceForm({ source, onCreated }: Props) {
  const form = useSourceForm({ source, ...(onCreated && { onCreated }) });
  const { draft, check, saving, checked, refusals } = form;
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  const unplaced = unplacedProblem(checked, PLACES);
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <form
          ref={element}
          aria-label={t("Alert source")}
          onSubmit={(event) => {
            event.preventDefault();
            form.save();
          }}
        >
          <Stack>
            <Fields {...form} isNew={source === undefined} />
            <ErrorAlert error={isPlaced(saving.error, PLACES) ? null : saving.error} />
            <ErrorAlert error={unplaced} />
            <Group>
              <Button type="submit" loading={saving.isPending}>
                {source === undefined ? t("Create the source") : t("Save the source")}
              </Button>
              <Text size="sm" role="status">
                {saving.isSuccess && source !== undefined ? t("Saved.") : ""}
              </Text>
            </Group>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <DryRun key={draft.kind} kind={draft.kind} check={check} />
      </Grid.Col>
    </Grid>
  );
}

function Fields({ draft, change, problem, isNew }: FieldsProps & { isNew: boolean }) {
  return (
    <>
      <Panel title={t("What sends alerts")}>
        {isNew && (
          <NativeSelect
            label={t("Program")}
            value={draft.kind}
            data={Object.entries(ALERT_SOURCE_KINDS).map(([value, { title }]) => ({
              value,
              label: title,
            }))}
            onChange={(event) => change({ kind: event.currentTarget.value as AlertSourceKind })}
          />
        )}
        <TextInput
          label={t("Name")}
          description={t("What people call it")}
          withAsterisk
          dir="auto"
          value={draft.name}
          error={problem("name")}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
      </Panel>
      {draft.kind === "json" && <MappingFields {...{ draft, change, problem }} />}
      <CalleeFields {...{ draft, change, problem }} />
      <SpokenFields {...{ draft, change, problem }} />
      <ReachedFields {...{ draft, change, problem }} />
      <MoreFields {...{ draft, change, problem }} />
    </>
  );
}
