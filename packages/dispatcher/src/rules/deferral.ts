import type { Attempt, CallRecord, WaitReason } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";

import { attemptById, currentAttempt, withAttempt } from "./attempts.ts";
import { WAITS } from "./deadline-end.ts";
import { waitsForPause } from "./pause-wait.ts";
import { secondsAfter, secondsBetween } from "./seconds.ts";
import { JOB_AHEAD_SECONDS } from "./wake-time.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** Waits shorter than this are not worth a line in the record, in seconds. */
const WORTH_SAYING_SECONDS = 5;
/** A call that waits for a pause is checked again after this time at the latest, in seconds. */
const LONGEST_PAUSE_LOOK_SECONDS = 600;

/** Why and until when a gate defers an attempt. */
export interface Deferral {
  at: Date;
  waitsFor: WaitReason;
  reason: string;
}

/** A call and its planned attempt. */
export interface PlannedCall {
  record: CallRecord;
  attempt: Attempt;
}

/** Whether the database alone keeps a wait from now on, so that its job is done with. */
export function isKeptInDatabase({ at, waitsFor }: Deferral, now: Date): boolean {
  return waitsForPause({ waitsFor }) || secondsBetween(now, at) > JOB_AHEAD_SECONDS;
}

/** The call while a gate defers its planned attempt, saying why; undefined when that is not worth a write. */
export function deferred(
  { record, attempt }: PlannedCall,
  deferral: Deferral,
  now: Date,
): CallRecord | undefined {
  const { waitsFor, reason } = deferral;
  const statusMessage = `${WAITS}${reason}`;
  if (!isKeptInDatabase(deferral, now)) {
    if (secondsBetween(now, deferral.at) < WORTH_SAYING_SECONDS) return undefined;
    if (record.statusMessage === statusMessage) return undefined;
    return { ...record, statusMessage, waitsFor, heldAt: now };
  }
  const isPause = waitsForPause(deferral);
  const at = isPause ? nextLook(record, deferral, now) : deferral.at;
  const status = isPause ? "Queued" : "Scheduled";
  return {
    ...withAttempt(record, { ...attempt, dueAt: at }),
    status,
    statusMessage,
    waitsFor,
    heldAt: now,
  };
}

/** The call sent back to the gates now, whatever held it. */
export function released(record: CallRecord, attempt: Attempt, now: Date): CallRecord {
  const dueAt = attempt.dueAt < now ? attempt.dueAt : now;
  return withoutUndefined<CallRecord>({
    ...withAttempt(record, { ...attempt, dueAt }),
    status: "Queued",
    statusMessage: undefined,
    waitsFor: undefined,
    heldAt: undefined,
  });
}

/** What a call says of its wait, in line with its attempts: nothing unless an attempt of it is planned. */
export function withWait(record: CallRecord): CallRecord {
  const { waitsFor, waitsUntil: _until, heldAt, ...rest } = record;
  const { state, dueAt } = currentAttempt(record);
  if (waitsFor === undefined || state !== "planned" || isFinalStatus(record.status)) return rest;
  const isLong = record.status === "Scheduled" || waitsForPause(record);
  return {
    ...rest,
    waitsFor,
    ...(isLong && { waitsUntil: dueAt }),
    ...(heldAt !== undefined && { heldAt }),
  };
}

/** The planned attempt of a call that is still held as it was when it was found; undefined when it is not. */
export function deferredAttempt(record: CallRecord, found: CallRecord): Attempt | undefined {
  const attempt = attemptById(record, currentAttempt(found)._id);
  const isSame =
    record.waitsFor !== undefined && record.heldAt?.getTime() === found.heldAt?.getTime();
  return isSame && attempt?.state === "planned" ? attempt : undefined;
}

// Twice as long each time: the end of a pause releases its calls, so this only matters when that fails.
function nextLook(
  { waitsFor, waitsUntil, heldAt }: CallRecord,
  deferral: Deferral,
  now: Date,
): Date {
  const isAgain =
    waitsFor === deferral.waitsFor && waitsUntil !== undefined && heldAt !== undefined;
  const before = isAgain ? secondsBetween(heldAt, waitsUntil) : 0;
  const first = secondsBetween(now, deferral.at);
  const longest = Math.max(first, LONGEST_PAUSE_LOOK_SECONDS);
  return secondsAfter(now, Math.min(longest, Math.max(first, 2 * before)));
}
