import type { CallRecord } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { CallDocument } from "./call-document.ts";

// `expireAt` and `lookup` are the database's business, no part of a record.
/** Options of a find that gives records. */
export const AS_RECORD = { projection: { expireAt: 0, lookup: 0 } } as const;

/** A call to find, within a project if one is given. */
export interface Sought {
  callLogId: string;
  projectId?: string;
}

/** Calls by id, in the order of the requests, by one query. */
export async function findCalls(
  callLogs: Collection<CallDocument>,
  sought: readonly Sought[],
): Promise<(CallRecord | undefined)[]> {
  const ids = [...new Set(sought.map(({ callLogId }) => callLogId))];
  const projectIds = new Set(sought.flatMap(({ projectId }) => projectId ?? []));
  const isScoped = sought.every(({ projectId }) => projectId !== undefined);
  // On a sharded cluster the project says which shard has it.
  const scope = isScoped ? { projectId: { $in: [...projectIds] } } : {};
  const filter: Filter<CallDocument> = { _id: { $in: ids }, ...scope };
  const found = await callLogs.find(filter, { ...AS_RECORD, limit: ids.length }).toArray();
  const byId = new Map<string, CallRecord>(found.map((record) => [record._id, record]));
  return sought.map(({ callLogId, projectId }) => {
    const record = byId.get(callLogId);
    return projectId === undefined || record?.projectId === projectId ? record : undefined;
  });
}

/** Those of these provider call ids that belong to an attempt of any call. */
export async function findOwnedCallIds(
  callLogs: Collection<CallDocument>,
  providerCallIds: readonly string[],
): Promise<Set<string>> {
  const path = "attempts.providerCallId";
  const owners = await callLogs
    .find({ [path]: { $in: [...providerCallIds] } }, { projection: { [path]: 1 } })
    .toArray();
  const owned = new Set(owners.flatMap(({ attempts }) => attempts.map((a) => a.providerCallId)));
  return new Set(providerCallIds.filter((id) => owned.has(id)));
}
