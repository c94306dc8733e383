import type { CallRecord } from "@call-log/model";
import type { Collection } from "mongodb";

import type { CallDocument } from "./call-document.ts";

/** A call as it was read, whose next look is moved. */
export type PutOffCall = Pick<CallRecord, "_id" | "revision" | "deadlineAt">;

/** Wake unchanged calls at a time, or at their deadline if that is earlier: a part of the write for each revision and time. */
export async function putOff(
  callLogs: Collection<CallDocument>,
  calls: readonly PutOffCall[],
  until: Date,
): Promise<void> {
  const parts = new Map<string, { revision: number; wakeAt: Date; ids: string[] }>();
  for (const { _id, revision, deadlineAt = until } of calls) {
    const wakeAt = deadlineAt < until ? deadlineAt : until;
    const key = `${revision} ${wakeAt.getTime()}`;
    const part = parts.get(key) ?? { revision, wakeAt, ids: [] };
    part.ids.push(_id);
    parts.set(key, part);
  }
  const writes = [...parts.values()].map(({ revision, wakeAt, ids }) => ({
    updateMany: { filter: { _id: { $in: ids }, revision }, update: { $set: { wakeAt } } },
  }));
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
