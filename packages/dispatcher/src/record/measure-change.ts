import { type Attempt, type CallRecord, isFinalStatus } from "@call-log/model";

import type { Metrics } from "../context/metrics.ts";
import { microUnitsOf } from "../rules/call-cost.ts";
import { secondsBetween } from "../rules/seconds.ts";

/** Measure what a written change of a call shows: answered, ended, an outcome, a final status, a cost. */
export function measureChange(
  { measure }: Pick<Metrics, "measure">,
  before: CallRecord,
  after: CallRecord,
): void {
  for (const attempt of after.attempts)
    measureAttempt({ measure }, before.attempts[attempt.number - 1], attempt);
  if (isFinalStatus(after.status) && !isFinalStatus(before.status))
    measure("callEnded", { status: after.status });
}

function measureAttempt(
  { measure }: Pick<Metrics, "measure">,
  before: Attempt | undefined,
  after: Attempt,
): void {
  const { provider, outcome, errorClass: refusalClass, submittedAt, answeredAt, endedAt } = after;
  const hasNew = (field: "answeredAt" | "endedAt" | "outcome") =>
    after[field] !== undefined && before?.[field] === undefined;
  if (hasNew("answeredAt"))
    measure("step", { step: "answered", seconds: between(submittedAt, answeredAt) });
  if (hasNew("endedAt") && answeredAt !== undefined)
    measure("step", { step: "ended", seconds: between(answeredAt, endedAt) });
  if (hasNew("outcome") && outcome !== undefined)
    measure("attemptEnded", { provider, outcome, refusalClass });
  const grown = costOf(after) - costOf(before);
  const currency = after.price?.currency;
  if (grown > 0 && currency) measure("cost", { provider, currency, micro: grown });
}

// Times of a provider may be before our own.
function between(from: Date | undefined, to: Date | undefined): number {
  return from === undefined || to === undefined ? 0 : Math.max(0, secondsBetween(from, to));
}

/** What an attempt is known to cost, in millionths of its currency. */
function costOf(attempt: Attempt | undefined): number {
  const { amount, pricing } = attempt?.price ?? {};
  return pricing === "pending" ? 0 : (microUnitsOf(amount ?? "") ?? 0);
}
