import type { CallRecord } from "@call-log/model";
import { CallLogError, isFinalStatus } from "@call-log/model";
import type { PurposeKey } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { secondsBetween } from "../rules/seconds.ts";

/** How long a lock is kept for a call that is not written yet, in seconds: its owner may have died. */
const UNWRITTEN_SECONDS = 60;
const MAX_TRIES = 30;

type LockContext = Pick<DispatchContext, "calls" | "purposeLocks" | "now">;

/**
 * Take the lock of a call with a purpose before it is written; returns the CONFLICT that names the call in flight, or
 * undefined.
 */
export async function takePurposeLock(
  context: LockContext,
  record: CallRecord,
): Promise<CallLogError | undefined> {
  const lock = lockFor(record);
  if (lock === undefined) return undefined;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const holder = await context.purposeLocks.take(lock, record._id);
    if (holder.callLogId === record._id) return undefined;
    const other = await context.calls.find(holder.callLogId);
    const isOver =
      other === undefined
        ? secondsBetween(holder.at, context.now()) > UNWRITTEN_SECONDS
        : isFinalStatus(other.status);
    if (!isOver)
      return new CallLogError(
        "CONFLICT",
        `purpose: a call to this number for this purpose is in flight: ${holder.callLogId}`,
      );
    if (await context.purposeLocks.takeOver(lock, record._id, holder)) return undefined;
  }
  throw new Error(
    `the purpose lock of call ${record._id} changed hands ${MAX_TRIES} times in a row`,
  );
}

/** Release the lock of a call that is over. */
export async function releasePurposeLock(context: LockContext, record: CallRecord): Promise<void> {
  const lock = lockFor(record);
  if (lock !== undefined && isFinalStatus(record.status))
    await context.purposeLocks.release(lock, record._id);
}

function lockFor({ projectId, toNumber, plan }: CallRecord): PurposeKey | undefined {
  const { purpose } = plan;
  return purpose === undefined ? undefined : { projectId, toNumber, purpose };
}
