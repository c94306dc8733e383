import { backToSourceChange } from "@call-log/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { t } from "../../language/translate.ts";
import { type BackDraft, backDraft, backInput } from "./back-draft.ts";
import { isPlaced, problemsAt } from "./field-problems.ts";
import { ALERT_SOURCES, type Source } from "./sources.ts";

/** Values, problems and saving of how a source is informed. */
export function useBackForm({ _id: id, back }: Source) {
  const [draft, setDraft] = useState(() => backDraft(back));
  const [isChecked, setChecked] = useState(false);
  const queries = useQueryClient();
  const saving = useMutation({
    mutationFn: async () => api.alertSources.update.mutate({ id, back: backInput(draft) }),
    onSuccess: async (saved) => {
      setDraft(backDraft(saved.back));
      setChecked(false);
      await queries.invalidateQueries({ queryKey: ALERT_SOURCES });
    },
  });
  const { problem, isRight } = problemsOf(draft);
  const ofServer = problemsAt(undefined, saving.error);
  return {
    draft,
    change: (changes: Partial<BackDraft>) => setDraft((before) => ({ ...before, ...changes })),
    /** What is wrong with a field of the settings, such as `url`. */
    problem: (place: string) =>
      (isChecked ? problem(place) : undefined) ?? ofServer(`back.${place}`),
    saving,
    unplaced: isPlaced(saving.error, ["back"]) ? null : saving.error,
    save() {
      setChecked(true);
      if (isRight) saving.mutate();
    },
  };
}

function problemsOf(draft: BackDraft) {
  try {
    const input = backInput(draft);
    const error = input === null ? undefined : backToSourceChange.safeParse(input).error;
    return { problem: problemsAt(error, undefined), isRight: error === undefined };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const text = t("must be valid JSON: {problem}", { problem: error.message });
    const problem = (place: string) => (place === "body" ? text : undefined);
    return { problem, isRight: false };
  }
}
