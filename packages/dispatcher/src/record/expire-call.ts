import type { CallRecord } from "@call-log/model";

import { isOpenToRefusal } from "../rules/apply-answer.ts";
import { attemptById } from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { expired, expiredUnplaced } from "../rules/finish-or-retry.ts";
import { wasDueInGap, withoutAnswer } from "../rules/restored-call.ts";
import { untilWritten } from "./until-written.ts";
import { updateCall, updateKnownCall, type Recording } from "./update-call.ts";

/** End a call whose deadline has passed while its next attempt is only planned. */
export async function expireCall(context: Recording, callLogId: string): Promise<void> {
  await updateCall(context, callLogId, (record, now) => {
    const isPast = record.deadlineAt !== undefined && record.deadlineAt <= now;
    const planned = record.attempts.find(({ state }) => state === "planned");
    if (!isPast || planned === undefined) return undefined;
    // It may have been dialled before its deadline, by what the backup does not know.
    if (wasDueInGap(record, planned)) return withoutAnswer(record, planned, now);
    return deriveCallStatus(expired(record, now), { now, chain: [] });
  });
}

/** An attempt that was claimed, and is not to be placed any more. */
export interface Unplaced {
  attemptId: string;
  /** The call as the claim left it. */
  claimed: CallRecord;
  /** What the call said before the claim. */
  waited: string | undefined;
}

/**
 * End a call whose deadline passed while its attempt was claimed, before the provider was asked. Rejects when the database is away, and
 * ends it once that is back.
 */
export async function expireUnplaced(
  context: Recording,
  { attemptId, claimed, waited }: Unplaced,
): Promise<void> {
  const write = async () => {
    await updateKnownCall(context, claimed, (record, now) => {
      const attempt = attemptById(record, attemptId);
      if (attempt === undefined || !isOpenToRefusal(attempt)) return undefined;
      const ended = expiredUnplaced(record, attempt, { now, waited });
      return deriveCallStatus(ended, { now, chain: [] });
    });
    return true;
  };
  try {
    await write();
  } catch (error) {
    void untilWritten(context, attemptId, write);
    throw error;
  }
}
