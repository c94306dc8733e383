import { Textarea } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import { calleeLimitsOf, textOfCalleeLimits } from "./callee-limits-text.ts";
import { type FormProps, SettingsForm } from "./settings-form.tsx";
import { useSettings } from "./use-settings.ts";

/** How often the project may call one number. */
export function CalleeLimitsForm({ project, onReset }: FormProps) {
  const saving = useSettings(project);
  const [text, setText] = useState(textOfCalleeLimits(project.calleeLimits));
  return (
    <SettingsForm
      title={t("Calls to one number")}
      project={project}
      saving={saving}
      onReset={onReset}
      settings={{ calleeLimits: calleeLimitsOf(text) }}
    >
      <Textarea
        label={t("Limits")}
        description={t(
          "One per line: calls in seconds, such as 3 in 900. Empty: the installation's limits; off: none",
        )}
        autosize
        minRows={2}
        value={text}
        error={errorIn(saving.error, "calleeLimits")}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </SettingsForm>
  );
}
