import { SimpleGrid, TextInput } from "@mantine/core";
import { useState } from "react";

import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import type { Project } from "./project.ts";
import { type FormProps, SettingsForm } from "./settings-form.tsx";
import { useSettings } from "./use-settings.ts";

type Budget = NonNullable<Project["budget"]>;

const FIELDS: readonly { name: keyof Budget; label: string; description: string }[] = [
  { name: "perDayUSD", label: t("A day, US dollars"), description: t("Days of UTC") },
  { name: "perMonthUSD", label: t("A month, US dollars"), description: t("Months of UTC") },
  {
    name: "prepaidUSD",
    label: t("Prepaid, US dollars"),
    description: t("Total paid in so far; raise it to top up"),
  },
  {
    name: "reserveUSD",
    label: t("Set aside, US dollars"),
    description: t("Per attempt, until its price is known"),
  },
];

/** What the project may spend; no limit if all fields are empty. */
export function BudgetForm({ project, onReset }: FormProps) {
  const saving = useSettings(project);
  const [texts, setTexts] = useState<Partial<Record<keyof Budget, string>>>({ ...project.budget });
  const given = Object.entries(texts).flatMap(([name, text]) =>
    text.trim() === "" ? [] : [[name, text.trim()] as const],
  );
  return (
    <SettingsForm
      title={t("Budget")}
      project={project}
      saving={saving}
      onReset={onReset}
      settings={{ budget: given.length === 0 ? null : Object.fromEntries(given) }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {FIELDS.map(({ name, label, description }) => (
          <TextInput
            key={name}
            label={label}
            description={description}
            placeholder="25.00"
            inputMode="decimal"
            value={texts[name] ?? ""}
            error={errorIn(saving.error, `budget.${name}`)}
            onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
          />
        ))}
      </SimpleGrid>
    </SettingsForm>
  );
}
