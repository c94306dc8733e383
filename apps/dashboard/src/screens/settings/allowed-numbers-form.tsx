import { NUMBER_TYPES, type NumberType } from "@call-log/model";
import { Checkbox, Group, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import { countriesOf, linesOf } from "./project.ts";
import { type FormProps, SettingsForm } from "./settings-form.tsx";
import { useSettings } from "./use-settings.ts";

const TYPE_LABELS: Readonly<Record<NumberType, string>> = {
  premium: t("Premium-rate"),
  sharedCost: t("Shared-cost"),
  satellite: t("Satellite"),
  international: t("Universal international"),
};

/** Whom the project may call: countries, costly types of numbers, blocked prefixes. */
export function AllowedNumbersForm({ project, onReset }: FormProps) {
  const saving = useSettings(project);
  const { error } = saving;
  const [countries, setCountries] = useState(project.allowedCountries?.join(", ") ?? "");
  const [prefixes, setPrefixes] = useState(project.blockedPrefixes?.join("\n") ?? "");
  const [types, setTypes] = useState<string[]>(project.allowedNumberTypes ?? []);
  const listOrNone = <T,>(words: T[]) => (words.length === 0 ? null : words);
  const settings = {
    allowedCountries: listOrNone(countriesOf(countries)),
    blockedPrefixes: listOrNone(linesOf(prefixes)),
    allowedNumberTypes: listOrNone(NUMBER_TYPES.filter((type) => types.includes(type))),
  };
  return (
    <SettingsForm
      title={t("Allowed numbers")}
      project={project}
      saving={saving}
      onReset={onReset}
      settings={settings}
    >
      <TextInput
        label={t("Countries")}
        description={t(
          "Two-letter codes, such as DE, US; * for all. Empty: the countries of the project's numbers",
        )}
        value={countries}
        error={errorIn(error, "allowedCountries")}
        onChange={(event) => setCountries(event.currentTarget.value)}
      />
      <Textarea
        label={t("Blocked prefixes")}
        description={t("One per line, such as +1900. Numbers with these prefixes are never called")}
        autosize
        minRows={2}
        value={prefixes}
        error={errorIn(error, "blockedPrefixes")}
        onChange={(event) => setPrefixes(event.currentTarget.value)}
      />
      <Checkbox.Group
        label={t("Costly numbers")}
        description={t("Called only if the installation also allows them")}
        value={types}
        error={errorIn(error, "allowedNumberTypes")}
        onChange={setTypes}
      >
        <Group mt="xs" gap="md">
          {NUMBER_TYPES.map((type) => (
            <Checkbox key={type} value={type} label={TYPE_LABELS[type]} />
          ))}
        </Group>
      </Checkbox.Group>
    </SettingsForm>
  );
}
