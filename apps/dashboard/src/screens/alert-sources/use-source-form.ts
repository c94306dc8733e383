import { newAlertSource } from "@call-log/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { t } from "../../language/translate.ts";
import { problemsAt } from "./field-problems.ts";
import { draftOf, inputOf, newDraft, type NewSource, type SourceDraft } from "./source-draft.ts";
import { ALERT_SOURCES, type Source, type SourceWithToken } from "./sources.ts";

interface Options {
  /** The source to change; a new one without. */
  source: Source | undefined;
  /** Called with a new source and its token. */
  onCreated?: (created: SourceWithToken) => void;
}

/** Values, problems and saving of a source's form. */
export function useSourceForm({ source, onCreated }: Options) {
  const [filled, setFilled] = useState(source);
  const [draft, setDraft] = useState(() => (source ? draftOf(source) : newDraft("alertmanager")));
  // Problems are shown once somebody has tried to save, so that an empty form is not full of them.
  const [isChecked, setChecked] = useState(false);
  const [refusals, setRefusals] = useState(0);
  const queries = useQueryClient();
  const parsed = newAlertSource.safeParse(inputOf(draft));
  const checked = isChecked ? parsed.error : undefined;
  const saving = useMutation({
    mutationFn: async () => {
      const input = inputOf(draft);
      if (filled !== undefined) return { saved: await update(filled, input) };
      return { created: await api.alertSources.create.mutate(input) };
    },
    onError: () => setRefusals((count) => count + 1),
    onSuccess: async ({ saved, created }) => {
      if (created !== undefined) onCreated?.(created);
      if (saved !== undefined) {
        setFilled(saved);
        setDraft(draftOf(saved));
      }
      await queries.invalidateQueries({ queryKey: ALERT_SOURCES });
    },
  });
  /** The input, or undefined when the form has problems, which are shown from then on. */
  const check = (): NewSource | undefined => {
    setChecked(true);
    if (parsed.success) return inputOf(draft);
    setRefusals((count) => count + 1);
    return undefined;
  };
  return {
    draft,
    change: (changes: Partial<SourceDraft>) => setDraft((before) => ({ ...before, ...changes })),
    problem: problemsAt(checked, saving.error),
    checked,
    saving,
    /** Counts refused tries. */
    refusals,
    check,
    save: () => void (check() !== undefined && saving.mutate()),
  };
}

async function update(filled: Source, input: NewSource): Promise<Source> {
  const { _id: id } = filled;
  const present = await api.alertSources.get.query({ id });
  if (settingsText(present) !== settingsText(filled))
    throw new Error(
      t(
        "Not saved: somebody else changed this source since you opened it. Reload the page to see the saved values.",
      ),
    );
  const { name, rule, mapping } = input;
  return api.alertSources.update.mutate({ id, name, rule, ...(mapping && { mapping }) });
}

function settingsText({ name, rule, mapping }: Source): string {
  return JSON.stringify([name, rule, mapping]);
}
