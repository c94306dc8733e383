import { EMPTY_FORM, type PlaceForm } from "./place-form.ts";

/** Where drafts are kept: the browser's storage, or what a test puts in its place. */
type Drafts = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** A draft of a project, kept in the browser until the call is placed. */
export interface PlaceDraft {
  /** The kept draft, or the empty form. */
  read(): PlaceForm;
  /** The empty form removes the draft, and a sensitive one is not kept. */
  write(form: PlaceForm): void;
}

/** The draft of a project. Without storage, such as for a key that may not see numbers, nothing is kept. */
export function placeDraft(projectId: string, storage: Drafts | undefined): PlaceDraft {
  const key = `call-log.draft.${projectId}`;
  return {
    read: () => formOf(attempt(() => storage?.getItem(key))),
    write(form) {
      attempt(() => {
        if (form.sensitive || isEmpty(form)) storage?.removeItem(key);
        else storage?.setItem(key, JSON.stringify(form));
      });
    },
  };
}

function isEmpty(form: PlaceForm): boolean {
  return JSON.stringify(form) === JSON.stringify(EMPTY_FORM);
}

// A draft of an older release may lack a field or have one of another type.
function formOf(text: string | null | undefined): PlaceForm {
  const kept: unknown = text ? attempt(() => JSON.parse(text) as unknown) : undefined;
  if (typeof kept !== "object" || kept === null) return EMPTY_FORM;
  const known = Object.entries(EMPTY_FORM).map(([name, empty]) => {
    const value = (kept as Record<string, unknown>)[name];
    return [name, typeof value === typeof empty ? value : empty];
  });
  const form = Object.fromEntries(known) as PlaceForm;
  return isSteps(form.steps) ? form : { ...form, steps: EMPTY_FORM.steps };
}

function isSteps(steps: unknown): boolean {
  if (!Array.isArray(steps) || steps.length === 0) return false;
  return steps.every((step: { id?: unknown; kind?: unknown; text?: unknown } | null) => {
    if (typeof step?.id !== "number") return false;
    return step.kind === "pause" || typeof step.text === "string";
  });
}

// Storage may be full or forbidden, and what is in it may be anything: then there is no draft.
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
