import type { CallRecord } from "@call-log/model";
import type { Collection, Document, Filter } from "mongodb";

import type { AuditPen } from "../audit/audit-trail.ts";
import { groupCommit } from "../batching/batch-loader.ts";
import type { CallDocument } from "../collections.ts";
import { findInOneBatch } from "../reads/find-without-cursor.ts";
import type { SumKeeper } from "../rollups/rollup-store.ts";
import type { CallStore } from "../store.ts";
import type { ProjectStore } from "../tenants/project-store.ts";
import { claimFilter, claimUpdate } from "./attempt-claim.ts";
import { findHeld, nextHeldProject } from "./held-calls.ts";
import { isOver, toDocument } from "./retention.ts";
import { findRivalClaims } from "./unbound-claims.ts";
import { insertCalls, replaceCalls, type InsertFate } from "./write-calls.ts";

/** What the calls are kept in and by. */
export interface CallStoreDeps {
  callLogs: Collection<CallDocument>;
  projects: Pick<ProjectStore, "retentions">;
  sums: Pick<SumKeeper, "announce" | "inserted">;
  pen: Pick<AuditPen, "file">;
  now: () => Date;
}

/** Most call logs that are inserted in one round trip; `dispatchMany` takes as many. */
const MOST_INSERTS = 1000;

// `expireAt` is the database's business, no part of a record.
const asRecord = { projection: { expireAt: 0 } } as const;

/** The calls in a MongoDB collection. What many ask for at a time shares round trips: see `batch-loader.ts`. */
export function createCallStore({ callLogs, projects, sums, pen, now }: CallStoreDeps): CallStore {
  const findOne = groupCommit<Sought, CallRecord | undefined>((sought) =>
    findCalls(callLogs, sought),
  );

  const { insertOne, replaceOne } = sharedWrites({ callLogs, projects, sums });

  const fileActs = groupCommit<CallRecord, boolean>(async (records) => {
    const isFiled = await pen.file(callLogs, records);
    return records.map(() => isFiled);
  });

  // What is filed is carried no longer; the rest has to be, also into the next write.
  async function afterActs(record: CallRecord): Promise<CallRecord> {
    if ((record.unfiledActs ?? []).length === 0 || !(await fileActs(record))) return record;
    const { unfiledActs: _filed, ...rest } = record;
    return rest;
  }

  async function insert(record: CallRecord) {
    if ((await insertOne(record)) === "inserted")
      return { inserted: true, record: await afterActs(record) };
    const present = await findOne({ callLogId: record._id });
    if (present === undefined) throw new Error(`call log ${record._id} vanished while it was read`);
    return { inserted: false, record: present };
  }

  return {
    insert,

    insertMany: (records) => Promise.all(records.map((record) => insert(record).catch(asError))),

    async withdraw(callLogIds) {
      await callLogs.deleteMany({ _id: { $in: [...callLogIds] }, revision: 0 });
    },

    find: (callLogId, projectId) =>
      findOne({ callLogId, ...(projectId !== undefined && { projectId }) }),

    async claim(claim) {
      const claimed = await callLogs.findOneAndUpdate(claimFilter(claim), claimUpdate(claim), {
        returnDocument: "after",
        ...asRecord,
      });
      return claimed ?? undefined;
    },

    async replace(record) {
      const next = { ...record, revision: record.revision + 1, updatedAt: now() };
      return (await replaceOne(next)) ? afterActs(next) : undefined;
    },

    findDue(at, limit, projectId) {
      const scope = projectId === undefined ? {} : { projectId };
      const due: Filter<CallDocument> = { ...scope, wakeAt: { $lte: at } };
      return callLogs.find(due, asRecord).sort({ wakeAt: 1 }).limit(limit).toArray();
    },

    putOff: (callLogIds, times) => putOff(callLogs, callLogIds, times),

    nextProject: (after) => findNextProject(callLogs, after),

    findHeld: (search) => findHeld(callLogs, search),

    nextHeldProject: (search) => nextHeldProject(callLogs, search),

    rivalClaims: (search) => findRivalClaims(callLogs, search),

    async ownedProviderCallIds({ providerCallIds }) {
      const path = "attempts.providerCallId";
      const owners = await callLogs
        .find({ [path]: { $in: providerCallIds } }, { projection: { [path]: 1 } })
        .toArray();
      const owned = new Set(owners.flatMap((o) => o.attempts.map((a) => a.providerCallId)));
      return new Set(providerCallIds.filter((id) => owned.has(id)));
    },
  };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

// Each call is written for itself, or is told why not; the round trips are shared.
function sharedWrites({ callLogs, projects, sums }: Omit<CallStoreDeps, "now" | "pen">) {
  async function toDocuments(records: readonly CallRecord[]): Promise<CallDocument[]> {
    const days = await projects.retentions(records.filter(isOver).map((r) => r.projectId));
    return records.map((record) => toDocument(record, days.get(record.projectId)));
  }

  const insertOne = groupCommit<CallRecord, InsertFate>(
    async (records) => {
      const documents = await toDocuments(records);
      await sums.announce(documents);
      const fates = await insertCalls(callLogs, documents);
      await sums.inserted(documents);
      return fates;
    },
    { size: MOST_INSERTS },
  );

  const replaceOne = groupCommit<CallRecord, boolean>(async (records) => {
    const documents = await toDocuments(records);
    return replaceCalls(
      callLogs,
      documents.map((next) => ({ revision: next.revision - 1, next })),
    );
  });

  return { insertOne, replaceOne };
}

async function putOff(
  callLogs: Collection<CallDocument>,
  callLogIds: readonly string[],
  { now, until }: { now: Date; until: Date },
): Promise<void> {
  const due: Filter<CallDocument> = { _id: { $in: [...callLogIds] }, wakeAt: { $lte: now } };
  const endsBefore = { ...due, deadlineAt: { $lt: until } };
  const ending = await callLogs.find(endsBefore, { projection: { deadlineAt: 1 } }).toArray();
  for (const { _id, deadlineAt } of ending)
    if (deadlineAt) await callLogs.updateOne({ ...due, _id }, { $set: { wakeAt: deadlineAt } });
  await callLogs.updateMany(due, { $set: { wakeAt: until } });
}

async function findNextProject(
  callLogs: Collection<CallDocument>,
  after: string,
): Promise<{ projectId: string; at: Date } | undefined> {
  const open: Filter<CallDocument> = { projectId: { $gt: after }, wakeAt: { $exists: true } };
  const [first] = await callLogs
    .find(open, { projection: { projectId: 1, wakeAt: 1 } })
    .sort({ projectId: 1, wakeAt: 1 })
    .limit(1)
    .toArray();
  return first?.wakeAt && { projectId: first.projectId, at: first.wakeAt };
}

/** A call that is looked for, in a project where one is given. */
interface Sought {
  callLogId: string;
  projectId?: string;
}

async function findCalls(
  callLogs: Collection<CallDocument>,
  sought: readonly Sought[],
): Promise<(CallRecord | undefined)[]> {
  const ids = [...new Set(sought.map(({ callLogId }) => callLogId))];
  const projectIds = new Set(sought.map(({ projectId }) => projectId));
  // On a sharded cluster the project says which shard has it.
  const scope = projectIds.has(undefined) ? {} : { projectId: { $in: [...projectIds] } };
  const search = { filter: { _id: { $in: ids }, ...scope }, ...asRecord, limit: ids.length };
  const calls = callLogs as unknown as Collection<Document>;
  const found = await findInOneBatch<CallRecord>(calls, search);
  const byId = new Map<string, CallRecord>(found.map((record) => [record._id, record]));
  return sought.map(({ callLogId, projectId }) => {
    const record = byId.get(callLogId);
    return projectId === undefined || record?.projectId === projectId ? record : undefined;
  });
}
