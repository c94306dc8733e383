import type { Attempt, CallPlan, ProviderEvent, SpokenStep } from "@call-log/model";
import { isAcknowledgement } from "@call-log/model";

import { earliest } from "./seconds.ts";

type Facts = { [K in "digits" | "digitsStep" | "acknowledgedAt"]: Attempt[K] | undefined };

/** Digits, and the index of the gather step that they answered; absent for the first one. */
interface Pressed {
  digits: string;
  step: number | undefined;
  acknowledges: boolean;
}

/**
 * The index of a gather step where it is not the first one of the call, so that a call with one question says nothing
 * of it.
 */
export function laterStep(
  index: number | undefined,
  steps: readonly SpokenStep[],
): number | undefined {
  return index === steps.findIndex((step) => "gather" in step) ? undefined : index;
}

/**
 * Pressed digits of an attempt after an event, in any order: acknowledging digits stand, else those of the last question.
 * Of a sensitive call the digits, which may be a PIN, are not kept: only that they acknowledged.
 */
export function pressedFacts(
  { digits, digitsStep, acknowledgedAt }: Attempt,
  event: ProviderEvent,
  { steps, sensitive }: Pick<CallPlan, "steps" | "sensitive">,
): Facts {
  if (event.digits === undefined) return { digits, digitsStep, acknowledgedAt };
  const step = laterStep(event.step, steps);
  const added = {
    digits: event.digits,
    step,
    acknowledges: isAcknowledgement(steps, event.digits, step),
  };
  const at = added.acknowledges ? new Date(event.at) : undefined;
  const acknowledged = earliest([acknowledgedAt, at]);
  if (sensitive) return { digits, digitsStep, acknowledgedAt: acknowledged };
  const known =
    digits === undefined
      ? undefined
      : { digits, step: digitsStep, acknowledges: acknowledgedAt !== undefined };
  const stands = known === undefined || isMoreTelling(added, known) ? added : known;
  return { digits: stands.digits, digitsStep: stands.step, acknowledgedAt: acknowledged };
}

// Of two acknowledgements the one at the earlier question stands, as its time does; of two others that of the later question.
function isMoreTelling(added: Pressed, known: Pressed): boolean {
  if (added.acknowledges !== known.acknowledges) return added.acknowledges;
  const [a, b] = [added.step ?? -1, known.step ?? -1];
  if (a !== b) return added.acknowledges ? a < b : a > b;
  return added.digits < known.digits;
}
