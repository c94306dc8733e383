import type { Attempt, CallRecord, RestoreGap } from "@call-log/model";

import { unanswered } from "./apply-answer.ts";
import { withoutUndefined } from "./without-undefined.ts";

const RESTORED =
  "the database was restored from a backup, and the call may have been dialled since";

/**
 * Whether a planned attempt of a restored call was due while nobody wrote into this database: its own time came before the restore, or
 * the attempt before it ended then and this one may have followed. An attempt that was given up as lost was looked for already.
 */
export function wasDueInGap(record: CallRecord, attempt: Attempt): boolean {
  const { restored } = record;
  if (restored === undefined) return false;
  const before = record.attempts[attempt.number - 2];
  if (before?.outcome === "lost") return false;
  const { restoredAt } = restored;
  const endedInGap = before?.endedAt !== undefined && before.endedAt <= restoredAt;
  return attempt.dueAt <= restoredAt || endedInGap;
}

/**
 * The call with a planned attempt that may have been dialled: nobody dials it, and the sweeper looks for it at the
 * providers.
 */
export function withoutAnswer(record: CallRecord, attempt: Attempt, now: Date): CallRecord {
  const claimed: Attempt = { ...attempt, claimedAt: now };
  const waiting = { waitsFor: undefined, waitsUntil: undefined, heldAt: undefined };
  return withoutUndefined<CallRecord>({
    ...unanswered(record, claimed, { at: now, why: RESTORED }),
    ...waiting,
    attemptCount: record.attemptCount + 1,
  });
}

/** The gap in which an unknown attempt may have been dialled, or undefined where its own claim is in the backup. */
export function gapOfUnknown(
  { restored }: CallRecord,
  { state, claimedAt }: Attempt,
): RestoreGap | undefined {
  const isOfGap = restored !== undefined && state === "unknown" && claimedAt !== undefined;
  return isOfGap && claimedAt >= restored.restoredAt ? restored : undefined;
}

/** The call when it is known that nothing of it was dialled in the gap. */
export function afterGap({ restored: _gap, ...record }: CallRecord): CallRecord {
  return record;
}
