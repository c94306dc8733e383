import type { CallRequestInput, REACHED_WHEN, SpokenStep } from "@call-log/model";

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

/** The empty form. */
export const EMPTY_FORM: PlaceForm = {
  toNumber: "",
  steps: [{ id: 0, kind: "say", text: "" }],
  reachedWhen: "answered",
  attempts: 1,
  delaySeconds: 60,
  scheduledAt: "",
  deadlineAt: "",
  timeZone: "",
  idempotencyKey: "",
  sensitive: false,
};

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
    ...given("scheduledAt", moment(form.scheduledAt)),
    ...given("deadlineAt", moment(form.deadlineAt)),
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

// An invalid time goes to the server unchanged, which answers what is allowed.
function moment(local: string): string {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? local : time.toISOString();
}
