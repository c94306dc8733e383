import type { CallRecord } from "@call-log/model";
import type { Collection } from "mongodb";

import type { CallDocument } from "./call-document.ts";

/** A call as it was read, whose next look is moved. */
export type PutOffCall = Pick<CallRecord, "_id" | "revision" | "deadlineAt"> & {
  /** Why it waits from now on. @defaultValue as before */
  wait?: Pick<CallRecord, "waitsFor" | "statusMessage"> | undefined;
};

/**
 * Wake unchanged calls at a time, or at their deadline if that is earlier: a part of the write for each revision, time
 * and reason.
 */
export async function putOff(
  callLogs: Collection<CallDocument>,
  calls: readonly PutOffCall[],
  until: Date,
): Promise<void> {
  const parts = new Map<string, PutOffCall & { wakeAt: Date; ids: string[] }>();
  for (const call of calls) {
    const { _id, revision, deadlineAt = until, wait } = call;
    const wakeAt = deadlineAt < until ? deadlineAt : until;
    const key = `${revision} ${wakeAt.getTime()} ${wait?.statusMessage}`;
    const part = parts.get(key) ?? { ...call, wakeAt, ids: [] };
    part.ids.push(_id);
    parts.set(key, part);
  }
  const writes = [...parts.values()].map(({ revision, wakeAt, wait, ids }) => {
    // A wait that nobody holds it for has no time.
    const isHeldNoMore = wait && { $unset: { waitsUntil: "" as const, heldAt: "" as const } };
    const update = { $set: { wakeAt, ...wait }, ...isHeldNoMore };
    return { updateMany: { filter: { _id: { $in: ids }, revision }, update } };
  });
  if (writes.length > 0) await callLogs.bulkWrite(writes, { ordered: false });
}

/** Wake calls with something due at a time, unless they wake earlier. */
export async function wakeBy(
  callLogs: Collection<CallDocument>,
  callLogIds: readonly string[],
  at: Date,
): Promise<void> {
  if (callLogIds.length === 0) return;
  const late = { _id: { $in: [...callLogIds] }, wakeAt: { $gt: at } };
  await callLogs.updateMany(late, { $set: { wakeAt: at } });
}
