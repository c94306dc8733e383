import { type CallRecord, CallLogError } from "@call-log/model";

import type { Acceptance, Accepting } from "../accept/accept-call.ts";
import { currentAttempt } from "../rules/attempts.ts";
import { secondsAfter } from "../rules/seconds.ts";
import type { CallRef } from "./call-ref.ts";
import { cancelCall } from "./cancel-call.ts";
import { retryCall } from "./retry-call.ts";
import { type CallRefs, runOnMany } from "./run-on-many.ts";

/** So long nothing of an act on many calls is dialled, in seconds: it can be undone. */
const UNDO_SECONDS = 10;

/** A call that calls another one again, and whether this act has placed it. */
export interface BulkAcceptance extends Acceptance {
  isOfThisAct: boolean;
}

/** What calling many again has placed, and the first time at which one of the new calls is dialled. */
export interface BulkRetry {
  answers: (BulkAcceptance | CallLogError)[];
  startsAt: Date;
}

/** Call up to 1,000 again as one act, which dials after some seconds. A repeat with the same id dials nothing again, and tells its own calls from others. */
export async function retryInBulk(
  context: Accepting,
  refs: CallRefs,
  id: string,
): Promise<BulkRetry> {
  const startsAt = secondsAfter(context.now(), UNDO_SECONDS);
  const starts = [startsAt];
  const answers = await runOnMany(refs, async (ref): Promise<BulkAcceptance> => {
    const accepted = await retryCall(context, ref, { id, startsAt });
    if (!accepted.repeated) return { ...accepted, isOfThisAct: true };
    const known = await context.calls.find(accepted._id, ref.projectId);
    const isOfThisAct = known?.bulkId === id;
    if (isOfThisAct && known.scheduledAt !== undefined) starts.push(known.scheduledAt);
    return { ...accepted, isOfThisAct };
  });
  return { answers, startsAt: starts.toSorted((a, b) => a.getTime() - b.getTime())[0]! };
}

/** Cancel a call that an act on many calls has placed, while it is not dialled. CONFLICT afterwards, NOT_FOUND for a call of another act. */
export async function undoInBulk(
  context: Parameters<typeof cancelCall>[0],
  ref: CallRef,
  id: string,
): Promise<CallRecord> {
  return cancelCall(context, ref, (record) => {
    if (record.bulkId !== id)
      throw new CallLogError("NOT_FOUND", "the call was not placed by this act");
    if (record.attemptCount > 0 || currentAttempt(record).state !== "planned")
      throw new CallLogError("CONFLICT", "the call was dialled already");
  });
}
