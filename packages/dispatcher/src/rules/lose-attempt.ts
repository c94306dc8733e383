import type { Attempt, CallRecord } from "@call-log/model";

import { noteStep, type StepOrigin, withAttempt } from "./attempts.ts";

/** The call with an unknown attempt given up: its outcome is `lost`, and nobody knows its price. */
export function loseAttempt(
  record: CallRecord,
  attempt: Attempt,
  origin: Date | StepOrigin,
): CallRecord {
  const price = { amount: null, currency: null, pricing: "incomplete" as const };
  return withAttempt(record, { ...noteStep(attempt, "lost", origin), outcome: "lost", price });
}
