import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../api.ts";
import { linesOf, type Project, useSettings, wordsOf } from "./project.ts";
import { SettingsForm } from "./settings-form.tsx";

/** Whom the project may call: countries, and beginnings of numbers that are never called. */
export function CalleesForm({ project }: { project: Project }) {
  const saving = useSettings();
  const { error } = saving;
  const [countries, setCountries] = useState(project.allowedCountries?.join(", ") ?? "");
  const [prefixes, setPrefixes] = useState(project.blockedPrefixes?.join("\n") ?? "");
  const listOrNone = (words: string[]) => (words.length === 0 ? null : words);
  const save = () =>
    saving.mutate({
      allowedCountries: listOrNone(wordsOf(countries)),
      blockedPrefixes: listOrNone(linesOf(prefixes)),
    });
  return (
    <SettingsForm
      title="Whom it may call"
      saving={saving}
      places={["allowedCountries", "blockedPrefixes"]}
      onSave={save}
    >
      <TextInput
        label="Countries"
        description="By two letters, such as DE, US; * for all. Empty for those of the project's numbers"
        value={countries}
        error={errorIn(error, "allowedCountries")}
        onChange={(event) => setCountries(event.currentTarget.value)}
      />
      <Textarea
        label="Blocked beginnings"
        description="One a line, such as +1900: numbers that begin so are never called"
        autosize
        minRows={2}
        value={prefixes}
        error={errorIn(error, "blockedPrefixes")}
        onChange={(event) => setPrefixes(event.currentTarget.value)}
      />
    </SettingsForm>
  );
}
