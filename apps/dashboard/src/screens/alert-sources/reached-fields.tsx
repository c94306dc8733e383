import { Checkbox, NativeSelect, NumberInput, SimpleGrid, TextInput } from "@mantine/core";

import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import type { FieldsProps } from "./fields-props.ts";
import type { SourceDraft } from "./source-draft.ts";

const REACHED = {
  acknowledged: t("Somebody presses the key"),
  human: t("A person answers, no machine"),
  answered: t("The call is answered"),
} as const satisfies Record<SourceDraft["reachedWhen"], string>;

/** When the call counts as done, and how often it is tried. */
export function ReachedFields({ draft, change, problem }: FieldsProps) {
  const asks = draft.reachedWhen === "acknowledged";
  return (
    <Panel title={t("Reached, and retries")}>
      <NativeSelect
        label={t("Reached when")}
        value={draft.reachedWhen}
        error={problem("rule.reachedWhen")}
        data={Object.entries(REACHED).map(([value, label]) => ({ value, label }))}
        onChange={(event) =>
          change({ reachedWhen: event.currentTarget.value as SourceDraft["reachedWhen"] })
        }
      />
      {asks && <KeyFields {...{ draft, change, problem }} />}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={t("Attempts in all")}
          min={1}
          max={20}
          clampBehavior="none"
          value={draft.attempts}
          error={problem("rule.retry.maxAttempts")}
          onChange={(attempts) => change({ attempts })}
        />
        <NumberInput
          label={t("Delay between attempts")}
          suffix={` ${t("seconds")}`}
          min={0}
          clampBehavior="none"
          value={draft.delaySeconds}
          error={problem("rule.retry.backoff.delaySeconds")}
          onChange={(delaySeconds) => change({ delaySeconds })}
        />
      </SimpleGrid>
      <Checkbox
        label={t("A resolved alert ends its call while it waits or rings")}
        checked={draft.cancelResolved}
        onChange={(event) => change({ cancelResolved: event.currentTarget.checked })}
      />
      <Checkbox
        label={t("Emergency: calls in quiet hours, too")}
        checked={draft.isEmergency}
        onChange={(event) => change({ isEmergency: event.currentTarget.checked })}
      />
    </Panel>
  );
}

function KeyFields({ draft, change, problem }: FieldsProps) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t("Key that acknowledges")}
          maxLength={1}
          value={draft.acknowledgeDigit}
          error={problem("rule.acknowledgeDigit")}
          onChange={(event) => change({ acknowledgeDigit: event.currentTarget.value })}
        />
        <TextInput
          label={t("Said when it was pressed")}
          dir="auto"
          value={draft.acknowledgedText}
          error={problem("rule.acknowledgedText")}
          onChange={(event) => change({ acknowledgedText: event.currentTarget.value })}
        />
      </SimpleGrid>
      <TextInput
        label={t("Said after the text")}
        description={t("Names the key that acknowledges")}
        dir="auto"
        value={draft.acknowledgePrompt}
        error={problem("rule.acknowledgePrompt")}
        onChange={(event) => change({ acknowledgePrompt: event.currentTarget.value })}
      />
    </>
  );
}
