import type { Actor, Attempt, AttemptEvent, CallRecord } from "@call-log/model";
import {
  ATTEMPT_STATES,
  attemptIdOf,
  MAX_EVENTS_PER_ATTEMPT,
  parseAttemptId,
} from "@call-log/model";

import { withoutUndefined } from "./without-undefined.ts";

/** An attempt that waits for its turn; `provider` where the retry policy chose one. */
export function plannedAttempt(callLogId: string, number: number, plan: AttemptPlan): Attempt {
  return withoutUndefined<Attempt>({
    _id: attemptIdOf(callLogId, number),
    number,
    state: "planned",
    dueAt: plan.dueAt,
    provider: plan.provider,
    events: [],
  });
}

/** When the attempt is due, and at which provider where that is decided. */
export interface AttemptPlan {
  dueAt: Date;
  provider?: string | undefined;
}

/** True for an attempt that was taken back before anybody claimed it. */
export function isWithdrawn(attempt: Attempt): boolean {
  return (
    attempt.state === "ended" &&
    attempt.claimedAt === undefined &&
    attempt.providerCallId === undefined
  );
}

/** True for an attempt that was claimed and is not over: a phone may be ringing for it. */
export function isLive({ state, outcome }: Attempt): boolean {
  return state !== "planned" && !ATTEMPT_STATES[state].ended && outcome === undefined;
}

/** The attempt that the call's status follows: the last live one, else the last one that was not withdrawn. */
export function currentAttempt(record: CallRecord): Attempt {
  const { attempts } = record;
  const current =
    attempts.findLast(isLive) ??
    attempts.findLast((attempt) => !isWithdrawn(attempt)) ??
    attempts.at(-1);
  if (current === undefined) throw new Error(`call ${record._id} has no attempt`);
  return current;
}

/** The attempt that an attempt id names, or undefined when it is not one of this call. */
export function attemptById(record: CallRecord, attemptId: string): Attempt | undefined {
  const parsed = parseAttemptId(attemptId);
  return parsed?.callLogId === record._id ? record.attempts[parsed.number - 1] : undefined;
}

/** The record with one of its attempts changed. */
export function withAttempt(record: CallRecord, changed: Attempt): CallRecord {
  const attempts = record.attempts.map((attempt) =>
    attempt.number === changed.number ? changed : attempt,
  );
  return { ...record, attempts };
}

/** The events with one more. At the cap a new one is left out, but an ending takes the place of the last. */
export function appendEvent(
  events: readonly AttemptEvent[],
  event: AttemptEvent,
  isEnding: boolean,
): AttemptEvent[] {
  if (events.length < MAX_EVENTS_PER_ATTEMPT) return [...events, event];
  return isEnding ? [...events.slice(0, MAX_EVENTS_PER_ATTEMPT - 1), event] : [...events];
}

/** When a step was done, and by whom where somebody did it. */
export interface StepOrigin {
  at: Date;
  by?: Actor | undefined;
  /** Why, in their words. */
  reason?: string | undefined;
}

/** The attempt with a step of our own in its history. */
export function noteStep(
  attempt: Attempt,
  status: AttemptEvent["status"],
  origin: Date | StepOrigin,
): Attempt {
  const { at, by, reason } = origin instanceof Date ? ({ at: origin } as StepOrigin) : origin;
  const step = withoutUndefined<AttemptEvent>({
    at,
    source: "worker",
    status,
    late: false,
    by,
    reason,
  });
  return { ...attempt, events: appendEvent(attempt.events, step, true) };
}

/** Withdraw the planned attempt: it is not dialled. */
export function withdraw(attempt: Attempt, origin: Date | StepOrigin): Attempt {
  const endedAt = origin instanceof Date ? origin : origin.at;
  const noted = noteStep(attempt, "canceled", origin);
  return { ...noted, state: "ended", endedAt, outcome: "canceled" };
}

/** True when a person asked to end this attempt's call; no attempt follows. */
export function isCancelRequested(attempt: Attempt): boolean {
  return cancelRequestedAt(attempt) !== undefined;
}

/** When a person asked to end this attempt's call, or undefined. */
export function cancelRequestedAt({ events }: Pick<Attempt, "events">): Date | undefined {
  return events.find(({ source, status }) => source === "worker" && status === "canceled")?.at;
}
