import { NumberInput } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../api.ts";
import { type Project, useSettings } from "./project.ts";
import { SettingsForm } from "./settings-form.tsx";

/** How many calls of the project may begin a second. */
export function PaceForm({ project }: { project: Project }) {
  const saving = useSettings();
  const [calls, setCalls] = useState<number | string>(project.callsPerSecond ?? "");
  return (
    <SettingsForm
      title="Pace"
      saving={saving}
      places={["callsPerSecond"]}
      onSave={() => saving.mutate({ callsPerSecond: calls === "" ? null : Number(calls) })}
    >
      <NumberInput
        label="Calls a second"
        description="At all providers together; fractions are allowed. Empty for no limit but the providers' own"
        value={calls}
        error={errorIn(saving.error, "callsPerSecond")}
        onChange={setCalls}
      />
    </SettingsForm>
  );
}
