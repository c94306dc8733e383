import type { Attempt, CallRecord } from "@call-log/model";
import { ATTEMPT_STATES, isFinalStatus } from "@call-log/model";

import type { DispatcherSettings } from "../context/dispatcher-settings.ts";
import { cancelRequestedAt, currentAttempt } from "./attempts.ts";
import { growingDelay, LONGEST_LOOK_SECONDS } from "./growing-delay.ts";
import { waitsForPause } from "./pause-wait.ts";
import { recordWakeTime } from "./record-poll.ts";
import { earliest, secondsAfter, secondsBetween } from "./seconds.ts";

/** A job is added at most this long before it is due; until then the call waits in the database alone. */
export const JOB_AHEAD_SECONDS = 60;
/** How long an attempt that was given up as lost is still looked for: providers queue calls up to a day. */
export const LOST_LIMIT_SECONDS = 86_400;
const LONGEST_LOST_LOOK_SECONDS = 3600;

/** Time and settings from which the next check is computed. */
export interface WakeSituation {
  now: Date;
  settings: DispatcherSettings;
}

/** When the sweeper must check a call next, or undefined when nothing is due. */
export function wakeTime(record: CallRecord, situation: WakeSituation): Date | undefined {
  const times = record.attempts.flatMap((attempt) => [
    attempt === currentAttempt(record) && !isFinalStatus(record.status)
      ? currentWakeTime(record, attempt, situation)
      : laterWakeTime(attempt, situation),
    recordWakeTime(record, attempt, situation),
  ]);
  return earliest(times);
}

/** The record with the wake time that it needs after a change. */
export function withWakeTime(record: CallRecord, situation: WakeSituation): CallRecord {
  const { wakeAt: _before, ...rest } = record;
  const wakeAt = wakeTime(record, situation);
  return wakeAt === undefined ? rest : { ...rest, wakeAt };
}

/** When an attempt's price is asked for next, or undefined when the list is used up or no price is pending. */
export function nextPricePoll(attempt: Attempt, settings: DispatcherSettings): Date | undefined {
  const { price, endedAt, pricePolls = 0 } = attempt;
  const wait = settings.pricePollSeconds[pricePolls];
  if (price?.pricing !== "pending" || endedAt === undefined || wait === undefined) return undefined;
  return secondsAfter(endedAt, wait);
}

function currentWakeTime(record: CallRecord, attempt: Attempt, situation: WakeSituation): Date {
  const { now, settings } = situation;
  if (attempt.state === "planned") return plannedWakeTime(record, attempt, situation);
  const settledAt = secondsAfter(now, settings.settleSeconds);
  if (ATTEMPT_STATES[attempt.state].ended) return settledAt;
  const look = laterWakeTime(attempt, situation) ?? settledAt;
  // A call still in the provider's queue is then ended there.
  const { deadlineAt } = record;
  const endsQueue = attempt.state === "accepted" && deadlineAt !== undefined && deadlineAt > now;
  return endsQueue && deadlineAt < look ? deadlineAt : look;
}

function plannedWakeTime(record: CallRecord, attempt: Attempt, situation: WakeSituation): Date {
  const { dueAt } = attempt;
  const { deadlineAt } = record;
  const look = plannedLook(record, dueAt, situation);
  return deadlineAt !== undefined && deadlineAt < look ? deadlineAt : look;
}

function plannedLook(record: CallRecord, dueAt: Date, { now, settings }: WakeSituation): Date {
  if (waitsForPause(record) && dueAt > now) return dueAt;
  return secondsBetween(now, dueAt) > JOB_AHEAD_SECONDS
    ? secondsAfter(dueAt, -JOB_AHEAD_SECONDS)
    : secondsAfter(
        dueAt > now ? dueAt : now,
        growingDelay(dueAt, now, settings.requeueAfterSeconds),
      );
}

function laterWakeTime(attempt: Attempt, situation: WakeSituation): Date | undefined {
  const { now, settings } = situation;
  const since = attempt.claimedAt ?? attempt.dueAt;
  switch (attempt.state) {
    case "planned":
      return undefined;
    case "submitting":
      return secondsAfter(since, settings.claimDeadlineSeconds);
    case "unknown":
      return unknownWakeTime(attempt, since, situation);
    case "accepted":
    case "ringing":
    case "in-progress": {
      // The process that canceled it may have died before it asked the provider.
      const cancelAt = cancelRequestedAt(attempt);
      return cancelAt === undefined
        ? secondsAfter(now, growingDelay(since, now, settings.pollAfterSeconds))
        : secondsAfter(now, growingDelay(cancelAt, now, settings.sweepEverySeconds));
    }
    case "ended":
    case "rejected":
      return priceWakeTime(attempt, situation);
  }
}

function unknownWakeTime(
  attempt: Attempt,
  since: Date,
  situation: WakeSituation,
): Date | undefined {
  const { now, settings } = situation;
  const age = secondsBetween(since, now);
  const isLost = attempt.outcome !== undefined;
  if (isLost && age >= LOST_LIMIT_SECONDS) return undefined;
  const longest = isLost ? LONGEST_LOST_LOOK_SECONDS : LONGEST_LOOK_SECONDS;
  const look = secondsAfter(now, Math.min(longest, Math.max(settings.sweepEverySeconds, age / 2)));
  const windowEnd = secondsAfter(since, settings.unknownWindowSeconds);
  return !isLost && windowEnd > now && windowEnd < look ? windowEnd : look;
}

function priceWakeTime(attempt: Attempt, { now, settings }: WakeSituation): Date | undefined {
  if (attempt.price?.pricing !== "pending") return undefined;
  const next = nextPricePoll(attempt, settings);
  return next !== undefined && next > now ? next : secondsAfter(now, settings.pollAfterSeconds);
}
