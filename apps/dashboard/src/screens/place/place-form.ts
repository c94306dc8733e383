import type { CallRequestInput, REACHED_WHEN, SpokenStep } from "@call-log/model";

import { isoOfValue } from "../../components/moment-value.ts";
import { t } from "../../language/translate.ts";

/** One step of the call in the form; a gather asks for the digit 4. */
export type StepDraft =
  | { id: number; kind: "say"; text: string }
  | { id: number; kind: "pause"; seconds: number }
  | { id: number; kind: "gather"; text: string; thanks: string };

/** Values of the form; an empty text means absent. */
export interface PlaceForm {
  toNumber: string;
  steps: StepDraft[];
  reachedWhen: (typeof REACHED_WHEN)[number];
  attempts: number;
  delaySeconds: number;
  /** Format of the browser's date field: local, without a zone. */
  scheduledAt: string;
  deadlineAt: string;
  timeZone: string;
  idempotencyKey: string;
  sensitive: boolean;
}

/** The question of a call; pressing 4 acknowledges. */
export const QUESTION = {
  kind: "gather",
  text: t("Press 4 to acknowledge."),
  thanks: t("Thank you."),
} as const;

/** The form as it begins: with what a call of an alert has. Only the text is missing. */
export const EMPTY_FORM: PlaceForm = {
  toNumber: "",
  steps: [
    { id: 0, kind: "say", text: "" },
    { id: 1, ...QUESTION },
  ],
  reachedWhen: "acknowledged",
  attempts: 3,
  delaySeconds: 60,
  scheduledAt: "",
  deadlineAt: "",
  timeZone: "",
  idempotencyKey: "",
  sensitive: false,
};

/** The form with other steps: without its question, nobody can acknowledge; with a new one, that is what counts. */
export function withSteps(form: PlaceForm, steps: StepDraft[]): Partial<PlaceForm> {
  const [had, has] = [hasQuestion(form.steps), hasQuestion(steps)];
  if (has && !had) return { steps, reachedWhen: "acknowledged" };
  if (had && !has && form.reachedWhen === "acknowledged") return { steps, reachedWhen: "human" };
  return { steps };
}

/** Adds a step: before the question that ends the call, so that the question stays the last. */
export function addStep(steps: readonly StepDraft[], step: StepDraft): StepDraft[] {
  const end = steps.at(-1)?.kind === "gather" ? steps.length - 1 : steps.length;
  return steps.toSpliced(end, 0, step);
}

/** Whether a call of these steps asks for a key. */
export function hasQuestion(steps: readonly StepDraft[]): boolean {
  return steps.some(({ kind }) => kind === "gather");
}

type Step = Exclude<CallRequestInput["say"], string>[number];

/** The call request of a form. */
export function orderOf(form: PlaceForm): CallRequestInput {
  const { toNumber, steps, reachedWhen, attempts, delaySeconds, sensitive } = form;
  return {
    toNumber: toNumber.trim(),
    say: steps.map(stepOf),
    reachedWhen,
    retry: { maxAttempts: attempts, backoff: { type: "fixed", delaySeconds } },
    ...(sensitive && { sensitive }),
    ...given("scheduledAt", isoOfValue(form.scheduledAt)),
    ...given("deadlineAt", isoOfValue(form.deadlineAt)),
    ...given("timeZone", form.timeZone.trim()),
    ...given("idempotencyKey", form.idempotencyKey.trim()),
  };
}

/** The steps of a form as a call says them; without those that have no text yet. */
export function spokenSteps(steps: readonly StepDraft[]): SpokenStep[] {
  return steps
    .filter((step) => step.kind === "pause" || step.text.trim() !== "")
    .map((step): SpokenStep => {
      const given = stepOf(step);
      if (!("gather" in given)) return given;
      return { gather: { ...given.gather, digits: 1, timeoutSeconds: 10 } };
    });
}

function stepOf(step: StepDraft): Step {
  switch (step.kind) {
    case "say":
      return { say: step.text };
    case "pause":
      return { pause: step.seconds };
    case "gather": {
      const thanks = step.thanks.trim();
      const branch = { acknowledge: true, ...(thanks !== "" && { say: thanks }) };
      return { gather: { say: step.text, digits: 1, on: { "4": branch } } };
    }
  }
}

function given<Name extends string>(name: Name, value: string) {
  return value === "" ? {} : ({ [name]: value } as Record<Name, string>);
}

/** A form for the number that an address names: a draft for the same number stays, one for another number makes way. */
export function withNumber(draft: PlaceForm, toNumber: string | null): PlaceForm {
  if (toNumber === null || draft.toNumber === toNumber) return draft;
  return { ...(draft.toNumber === "" ? draft : EMPTY_FORM), toNumber };
}
