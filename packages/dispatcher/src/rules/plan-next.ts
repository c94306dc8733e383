import type { CallRecord } from "@call-log/model";
import { CALL_OUTCOMES } from "@call-log/model";

import { currentAttempt, plannedAttempt, withAttempt, withdraw } from "./attempts.ts";
import type { FinishedAttempt, LadderSituation, NextStep } from "./ladder.ts";
import { ENDED_BY_DEADLINE, nextStep } from "./ladder.ts";

/** Begins what a call says while a gate holds it back. */
export const WAITS = "Waits: ";

/** What a call becomes after a finished attempt: final, with its reason in words, or with one more planned attempt. */
export function planNext(
  record: CallRecord,
  attempt: FinishedAttempt,
  situation: LadderSituation,
): CallRecord {
  const step = nextStep(record, attempt, situation);
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
  const { outcome, claimedAt } = currentAttempt(withdrawn);
  if (outcome === undefined || claimedAt === undefined)
    return finished(withdrawn, "Expired", neverDialled(record));
  const { status, wording } = CALL_OUTCOMES[outcome];
  return finished(withdrawn, status, `${wording}; ${ENDED_BY_DEADLINE}`);
}

// What it waited for last is why.
function neverDialled({ statusMessage }: CallRecord): string {
  const text = "Its deadline passed before it could be dialled";
  const waited = statusMessage?.startsWith(WAITS) === true;
  return waited ? `${text}; it waited: ${statusMessage.slice(WAITS.length)}` : text;
}

type Retry = Extract<NextStep, { kind: "retryAt" }> & { now: Date };

function withNextAttempt(record: CallRecord, attempt: FinishedAttempt, retry: Retry): CallRecord {
  const { at, provider, now } = retry;
  const isLater = at > now;
  const when = isLater ? `next attempt at ${at.toISOString()}` : "next attempt now";
  const number = record.attempts.length + 1;
  return {
    ...record,
    status: isLater ? "Scheduled" : "Queued",
    statusMessage: `${CALL_OUTCOMES[attempt.outcome].wording} on attempt ${attempt.number}; ${when}`,
    attempts: [...record.attempts, plannedAttempt(record._id, number, { dueAt: at, provider })],
  };
}
