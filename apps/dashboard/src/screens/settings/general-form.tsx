import { NumberInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { linesOf, wordsOf } from "./project.ts";
import { type FormProps, SettingsForm } from "./settings-form.tsx";
import { useSettings } from "./use-settings.ts";

const FROM_NUMBERS = t(
  "One per line. Calls use the number of the callee's country, else the first",
);
const RETENTION = t(
  "After the end of a call. Empty: no limit. Applies to calls that end from now on",
);

/** Name, from-numbers, order of providers, retention. */
export function GeneralForm({ project, onReset }: FormProps) {
  const { providers } = useSignedIn();
  const saving = useSettings(project);
  const { error } = saving;
  const [name, setName] = useState(project.name);
  const [fromNumbers, setFromNumbers] = useState(project.fromNumbers.join("\n"));
  const [chain, setChain] = useState(project.providerChain.join(", "));
  const [days, setDays] = useState<number | string>(project.retentionDays ?? "");
  const settings = {
    name,
    fromNumbers: linesOf(fromNumbers),
    providerChain: wordsOf(chain),
    retentionDays: days === "" ? null : Number(days),
  };
  return (
    <SettingsForm
      title={t("Project")}
      project={project}
      saving={saving}
      onReset={onReset}
      places={[...Object.keys(settings), "project.name"]}
      settings={settings}
    >
      <TextInput
        label={t("Name")}
        dir="auto"
        value={name}
        error={errorIn(error, "name", "project.name")}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t("From-numbers")}
        description={FROM_NUMBERS}
        autosize
        minRows={2}
        value={fromNumbers}
        error={errorIn(error, "fromNumbers")}
        onChange={(event) => setFromNumbers(event.currentTarget.value)}
      />
      <TextInput
        label={t("Providers, in the order of use")}
        description={t("Available: {providers}. Empty: all, in this order", {
          providers: providers.join(", "),
        })}
        value={chain}
        error={errorIn(error, "providerChain")}
        onChange={(event) => setChain(event.currentTarget.value)}
      />
      <NumberInput
        label={t("Retention in days")}
        description={RETENTION}
        value={days}
        error={errorIn(error, "retentionDays")}
        onChange={setDays}
      />
    </SettingsForm>
  );
}
