import { Autocomplete, SimpleGrid, TextInput } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import { type FormProps, SettingsForm } from "./settings-form.tsx";
import { useSettings } from "./use-settings.ts";

const NONE = { from: "", to: "", timeZone: "" };

/** Hours without calls except emergencies, by the callee's clock; none if all fields are empty. */
export function QuietHoursForm({ project, onReset }: FormProps) {
  const saving = useSettings(project);
  const [hours, setHours] = useState(project.quietHours ?? NONE);
  const isNone = Object.values(hours).every((text) => text.trim() === "");
  const problem = (name: keyof typeof NONE) => errorIn(saving.error, `quietHours.${name}`);
  return (
    <SettingsForm
      title={t("Quiet hours")}
      project={project}
      saving={saving}
      onReset={onReset}
      settings={{ quietHours: isNone ? null : hours }}
    >
      <SimpleGrid cols={2}>
        <TextInput
          label={t("From")}
          placeholder="22:00"
          value={hours.from}
          error={problem("from")}
          onChange={(event) => setHours({ ...hours, from: event.currentTarget.value })}
        />
        <TextInput
          label={t("To")}
          placeholder="07:00"
          value={hours.to}
          error={problem("to")}
          onChange={(event) => setHours({ ...hours, to: event.currentTarget.value })}
        />
      </SimpleGrid>
      <Autocomplete
        label={t("Time zone")}
        description={t("For requests without a time zone")}
        placeholder="Europe/Berlin"
        data={Intl.supportedValuesOf("timeZone")}
        limit={20}
        value={hours.timeZone}
        error={problem("timeZone")}
        onChange={(timeZone) => setHours({ ...hours, timeZone })}
      />
    </SettingsForm>
  );
}
