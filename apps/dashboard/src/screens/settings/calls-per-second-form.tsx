import { NumberInput } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import { type FormProps, SettingsForm } from "./settings-form.tsx";
import { useSettings } from "./use-settings.ts";

/** Limit of call starts per second. */
export function CallsPerSecondForm({ project, onReset }: FormProps) {
  const saving = useSettings(project);
  const [calls, setCalls] = useState<number | string>(project.callsPerSecond ?? "");
  return (
    <SettingsForm
      title={t("Rate limit")}
      project={project}
      saving={saving}
      onReset={onReset}
      settings={{ callsPerSecond: calls === "" ? null : Number(calls) }}
    >
      <NumberInput
        label={t("Calls per second")}
        description={t(
          "Over all providers; fractions are allowed. Empty: only the providers' limits",
        )}
        value={calls}
        error={errorIn(saving.error, "callsPerSecond")}
        onChange={setCalls}
      />
    </SettingsForm>
  );
}
