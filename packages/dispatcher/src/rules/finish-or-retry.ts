import type { Attempt, CallRecord } from "@call-log/model";
import { CALL_OUTCOMES } from "@call-log/model";

import { currentAttempt, noteStep, plannedAttempt, withAttempt, withdraw } from "./attempts.ts";
import { FREE } from "./call-cost.ts";
import { deadlineEnd } from "./deadline-end.ts";
import type { FinishedAttempt, RetrySituation, RetryDecision } from "./retry-policy.ts";
import { decideRetry } from "./retry-policy.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** What a call becomes after a finished attempt: final, with its reason in words, or with one more planned attempt. */
export function finishOrRetry(
  record: CallRecord,
  attempt: FinishedAttempt,
  situation: RetrySituation,
): CallRecord {
  const step = decideRetry(record, attempt, situation);
  if (step.kind === "finish") return finished(record, step.status, step.message);
  return withNextAttempt(record, attempt, { ...step, now: situation.now });
}

/** The call in a final status. The spoken text of a sensitive one is deleted with it. */
export function finished(record: CallRecord, status: string, statusMessage: string): CallRecord {
  const plan = record.plan.sensitive ? { ...record.plan, steps: [] } : record.plan;
  return { ...record, status, statusMessage, plan };
}

/**
 * A call whose deadline passed while an attempt was only planned: `Expired` when it was never placed, else the
 * status of the last attempt's outcome.
 */
export function expired(record: CallRecord, now: Date): CallRecord {
  const withdrawn = withAttempt(record, withdraw(currentAttempt(record), now));
  const { status, message } = deadlineEnd(withdrawn);
  return finished(withdrawn, status, message);
}

/**
 * The same where the deadline passed after an attempt was claimed and before the provider was asked; `waited` is what
 * the call said before.
 */
export function expiredUnplaced(
  record: CallRecord,
  attempt: Attempt,
  { now, waited }: { now: Date; waited: string | undefined },
): CallRecord {
  const unplaced: Attempt = {
    ...noteStep(attempt, "rejected", now),
    ...FREE,
    state: "rejected",
    endedAt: now,
    outcome: "expired",
  };
  const attemptCount = record.attemptCount - 1;
  const after = withoutUndefined<CallRecord>({
    ...withAttempt(record, unplaced),
    attemptCount,
    statusMessage: waited,
  });
  const { status, message } = deadlineEnd(after);
  return finished(after, status, message);
}

type Retry = Extract<RetryDecision, { kind: "retryAt" }> & { now: Date };

function withNextAttempt(record: CallRecord, attempt: FinishedAttempt, retry: Retry): CallRecord {
  const { at, provider, now } = retry;
  const isLater = at > now;
  const when = isLater ? `next attempt at ${at.toISOString()}` : "next attempt now";
  const number = record.attempts.length + 1;
  return withoutUndefined<CallRecord>({
    ...record,
    waitsFor: isLater ? "retry" : undefined,
    heldAt: undefined,
    status: isLater ? "Scheduled" : "Queued",
    statusMessage: `${CALL_OUTCOMES[attempt.outcome].wording} on attempt ${attempt.number}; ${when}`,
    attempts: [...record.attempts, plannedAttempt(record._id, number, { dueAt: at, provider })],
  });
}
