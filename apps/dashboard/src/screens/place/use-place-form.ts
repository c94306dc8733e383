import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useSearch } from "wouter";

import { api } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";
import type { Session } from "../../session/session.ts";
import { placeDraft } from "./place-draft.ts";
import { EMPTY_FORM, orderOf, type PlaceForm, withNumber } from "./place-form.ts";

/** The form with its draft, and placing its call. */
export function usePlaceForm() {
  const session = useSignedIn();
  const [draft] = useState(() => draftOf(session));
  const to = new URLSearchParams(useSearch()).get("to");
  const [form, setForm] = useState(() => withNumber(draft.read(), to));
  const [tried, setTried] = useState<unknown>(null);
  const [, go] = useLocation();
  const set = (next: PlaceForm) => {
    setForm(next);
    draft.write(next);
  };
  const request = orderOf(form);
  const placing = useMutation({
    mutationFn: async () => api.calls.dispatch.mutate(request),
    onMutate: () => setTried(null),
    onSuccess: ({ _id }) => {
      draft.write(EMPTY_FORM);
      go(`/calls/${_id}`);
    },
  });
  return {
    form,
    request,
    isEmpty: form === EMPTY_FORM,
    change: (changes: Partial<PlaceForm>) => set({ ...form, ...changes }),
    clear: () => set(EMPTY_FORM),
    place: () => placing.mutate(),
    isPlacing: placing.isPending,
    /** The last refusal, of a dry run or of placing. */
    error: tried ?? placing.error,
    /** Shows what a dry run was refused for; null when one begins. */
    onTried: (problem: unknown) => {
      placing.reset();
      setTried(problem);
    },
  };
}

// What a key may not see is not kept in the browser either.
function draftOf({ project, may }: Session) {
  const storage = may.includes("see-numbers") ? localStorage : undefined;
  return placeDraft(project?._id ?? "", storage);
}
