import { Checkbox, NativeSelect, NumberInput, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import { t } from "../../language/translate.ts";
import type { FieldsProps } from "./fields-props.ts";
import type { SourceDraft } from "./source-draft.ts";

const EACH = {
  alert: t("Each alert"),
  group: t("All alerts of a notification together"),
} as const satisfies Record<SourceDraft["each"], string>;

const PLACES = [
  "each",
  "maxCalls",
  "newCallAfterMinutes",
  "deadlineMinutes",
  "fromNumber",
  "timeZone",
  "tags",
] as const;

/** What is seldom changed, folded until it is asked for or refused. */
export function MoreFields({ draft, change, problem }: FieldsProps) {
  const isRefused = PLACES.some((name) => problem(`rule.${name}`) !== undefined);
  const [isOpen, setOpen] = useState(false);
  return (
    // What a refusal has opened stays open while it is corrected.
    <details open={isOpen || isRefused} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary style={{ cursor: "pointer" }}>
        {t("Storms of alerts, numbers, time zone, tags")}
      </summary>
      <Stack gap="sm" pt="sm">
        <StormFields {...{ draft, change, problem }} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={t("From number")}
            description={t("Empty: chosen from the project's numbers")}
            inputMode="tel"
            value={draft.fromNumber}
            error={problem("rule.fromNumber")}
            onChange={(event) => change({ fromNumber: event.currentTarget.value })}
          />
          <TextInput
            label={t("Time zone of the callee")}
            description={t("For quiet hours. Empty: that of the project")}
            placeholder="Europe/Berlin"
            value={draft.timeZone}
            error={problem("rule.timeZone")}
            onChange={(event) => change({ timeZone: event.currentTarget.value })}
          />
        </SimpleGrid>
        <TextInput
          label={t("Tags")}
          description={t(
            "With commas. Calls carry the kind and the name of the source beside them",
          )}
          value={draft.tags}
          error={problem("rule.tags")}
          onChange={(event) => change({ tags: event.currentTarget.value })}
        />
        <Checkbox
          label={t("Sensitive: the text is never shown, and is deleted when the call is over")}
          checked={draft.sensitive}
          onChange={(event) => change({ sensitive: event.currentTarget.checked })}
        />
      </Stack>
    </details>
  );
}

function StormFields({ draft, change, problem }: FieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label={t("A call for")}
        value={draft.each}
        error={problem("rule.each")}
        data={Object.entries(EACH).map(([value, label]) => ({ value, label }))}
        onChange={(event) => change({ each: event.currentTarget.value as SourceDraft["each"] })}
      />
      <NumberInput
        label={t("Most calls of one notification")}
        description={t("The alerts beyond share one more call")}
        clampBehavior="none"
        value={draft.maxCalls}
        error={problem("rule.maxCalls")}
        onChange={(maxCalls) => change({ maxCalls })}
      />
      <NumberInput
        label={t("Called for again after")}
        description={t("An alert without a start that is not resolved")}
        suffix={` ${t("minutes")}`}
        clampBehavior="none"
        value={draft.newCallAfterMinutes}
        error={problem("rule.newCallAfterMinutes")}
        onChange={(newCallAfterMinutes) => change({ newCallAfterMinutes })}
      />
      <NumberInput
        label={t("Not dialled after")}
        description={t("A call that waits longer. Empty: no limit")}
        suffix={` ${t("minutes")}`}
        clampBehavior="none"
        value={draft.deadlineMinutes}
        error={problem("rule.deadlineMinutes")}
        onChange={(deadlineMinutes) => change({ deadlineMinutes })}
      />
    </SimpleGrid>
  );
}
