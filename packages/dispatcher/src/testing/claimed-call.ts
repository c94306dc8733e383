import type { Attempt, CallRecord } from "@call-log/model";

import { withAttempt } from "../rules/attempts.ts";

/** The record after the store's claim of an attempt. */
export function claimed(
  record: CallRecord,
  claim: { number?: number; provider?: string; now: Date },
): CallRecord {
  const { number = 1, provider = "simulated", now } = claim;
  const attempt = record.attempts[number - 1]!;
  const submitting: Attempt = {
    ...attempt,
    state: "submitting",
    claimedAt: now,
    workerId: "worker",
    provider,
    fromNumber: record.fromNumber,
    events: [...attempt.events, { at: now, source: "worker", status: "submitting", late: false }],
  };
  const { attemptCount } = record;
  return {
    ...withAttempt(record, submitting),
    status: "Dialing",
    provider,
    attemptCount: attemptCount + 1,
  };
}
