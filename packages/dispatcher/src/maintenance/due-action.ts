import type { Attempt, CallRecord } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";

import { currentAttempt } from "../rules/attempts.ts";
import { nextRecordPoll } from "../rules/record-poll.ts";
import { secondsAfter, secondsBetween } from "../rules/seconds.ts";
import type { WakeSituation } from "../rules/wake-time.ts";
import { JOB_AHEAD_SECONDS, LOST_LIMIT_SECONDS, nextPricePoll } from "../rules/wake-time.ts";

/**
 * What a due call needs: `enqueue` its job may be lost · `expire` its deadline has passed · `markUnknown` no
 * answer was recorded in time · `reconcile` look for an unknown attempt's call · `poll` ask for the state · `decide` the time for late facts is
 * over · `readRecord` read the provider's own record of it · `pollPrice` ask for the price · `giveUpPrice` the list of polls is used up.
 */
export type DueActionKind =
  | "enqueue"
  | "expire"
  | "markUnknown"
  | "reconcile"
  | "poll"
  | "decide"
  | "readRecord"
  | "pollPrice"
  | "giveUpPrice";

/** One thing that a due call needs, and for which of its attempts. */
export interface DueAction {
  kind: DueActionKind;
  attemptNumber: number;
}

/** Everything that a call needs now, in the order of its attempts. */
export function dueActions(record: CallRecord, situation: WakeSituation): DueAction[] {
  const current = isFinalStatus(record.status) ? undefined : currentAttempt(record);
  return record.attempts.flatMap((attempt) => {
    const kinds = [
      attempt === current ? currentAction(record, attempt, situation) : undefined,
      stateAction(attempt, situation),
      recordAction(record, attempt, situation),
      priceAction(attempt, situation),
    ];
    return kinds.flatMap((kind) => (kind ? [{ kind, attemptNumber: attempt.number }] : []));
  });
}

function currentAction(
  record: CallRecord,
  attempt: Attempt,
  { now }: WakeSituation,
): DueActionKind | undefined {
  if (attempt.state === "ended" || attempt.state === "rejected") return "decide";
  if (attempt.state !== "planned") return undefined;
  if (record.deadlineAt !== undefined && record.deadlineAt <= now) return "expire";
  return secondsBetween(now, attempt.dueAt) <= JOB_AHEAD_SECONDS ? "enqueue" : undefined;
}

function stateAction(
  attempt: Attempt,
  { now, settings }: WakeSituation,
): DueActionKind | undefined {
  const since = attempt.claimedAt ?? attempt.dueAt;
  switch (attempt.state) {
    case "submitting":
      return secondsAfter(since, settings.claimDeadlineSeconds) <= now ? "markUnknown" : undefined;
    case "unknown":
      return isGivenUp(attempt, secondsBetween(since, now)) ? undefined : "reconcile";
    case "accepted":
    case "ringing":
    case "in-progress":
      return "poll";
    case "planned":
    case "ended":
    case "rejected":
      return undefined;
  }
}

function isGivenUp({ outcome }: Attempt, ageSeconds: number): boolean {
  return outcome !== undefined && ageSeconds >= LOST_LIMIT_SECONDS;
}

function recordAction(
  record: CallRecord,
  attempt: Attempt,
  { now, settings }: WakeSituation,
): DueActionKind | undefined {
  const next = nextRecordPoll(record, attempt, settings);
  return next !== undefined && next <= now ? "readRecord" : undefined;
}

function priceAction(
  attempt: Attempt,
  { now, settings }: WakeSituation,
): DueActionKind | undefined {
  if (attempt.price?.pricing !== "pending") return undefined;
  const next = nextPricePoll(attempt, settings);
  if (next === undefined) return "giveUpPrice";
  return next <= now ? "pollPrice" : undefined;
}
