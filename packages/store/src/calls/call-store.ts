import type { CallRecord, OpenCalls, WaitReason } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { AuditWriter } from "../audit/audit-trail.ts";
import { batchLoader } from "../batching/batch-loader.ts";
import type { RollupStore } from "../rollups/index.ts";
import type { ProjectStore } from "../tenants/project-store.ts";
import { type AttemptClaim, claimFilter, claimUpdate } from "./attempt-claim.ts";
import type { CallDocument } from "./call-document.ts";
import { AS_RECORD, findCalls, findOwnedCallIds, type Sought } from "./find-calls.ts";
import { findHeld, type HeldSearch, nextHeldProject } from "./held-calls.ts";
import { isOver, toDocument } from "./retention.ts";
import { type CallReach, countOpen, findRunning, type RunningCall } from "./running-calls.ts";
import { findUnmatchedClaimTimes } from "./unmatched-attempts.ts";
import { putOff, type PutOffCall, wakeBy } from "./wake-times.ts";
import { insertCalls, replaceCalls, type InsertFate } from "./write-calls.ts";

/** The calls, as the dispatcher reads and writes them. Queries of the read API are in `reads/call-reader.ts`. */
export interface CallStore {
  /**
   * Insert a call with majority write concern. If its `_id` is taken, nothing is written and the existing record is
   * returned.
   */
  insert(record: CallRecord): Promise<{ inserted: boolean; record: CallRecord }>;
  /**
   * Insert many at once; a result for each, in order. An Error means that nobody knows whether that call was written.
   */
  insertMany(records: CallRecord[]): Promise<({ inserted: boolean; record: CallRecord } | Error)[]>;
  /**
   * Delete calls whose request was refused in the end, unless an attempt was claimed or anything else was written
   * since.
   */
  withdraw(callLogIds: readonly string[]): Promise<void>;
  /** One call by id, or undefined. Restricted to a project when one is given. */
  find(callLogId: string, projectId?: string): Promise<CallRecord | undefined>;
  /**
   * The claim: move a planned attempt to `submitting`, when it still is planned, due, and its deadline has not passed. One conditional
   * `findOneAndUpdate`; the record after it, or undefined when somebody else has it or it is not to be dialled.
   */
  claim(claim: AttemptClaim): Promise<CallRecord | undefined>;
  /**
   * Write a changed record if its revision is still the one that was read; the written record, with the next revision and a new
   * `updatedAt`, or undefined when it lost the race.
   */
  replace(record: CallRecord): Promise<CallRecord | undefined>;
  /** Calls whose `wakeAt` has come, oldest first; of one project where it is given. */
  findDue(now: Date, limit: number, projectId?: string): Promise<CallRecord[]>;
  /**
   * Move the `wakeAt` of calls to `until`, or to their deadline if earlier. Calls that were changed since they were read
   * stay as they are.
   */
  putOff(calls: readonly PutOffCall[], until: Date): Promise<void>;
  /** Move a later `wakeAt` of calls to `at`. */
  wakeBy(callLogIds: readonly string[], at: Date): Promise<void>;
  /** The last calls that were placed for an alert, by the `key` of their `alertOrigin`, newest first. */
  findByAlert(key: string, limit: number): Promise<CallRecord[]>;
  /**
   * The next project after this one, in the order of ids, that has calls with a `wakeAt`, and the first of these times.
   */
  nextProject(after: string): Promise<{ projectId: string; at: Date } | undefined>;
  /** Calls of a project that are held back for one of these reasons, the most urgent first. */
  findHeld(search: HeldSearch): Promise<CallRecord[]>;
  /** Calls that a provider has or is being given, in no order. */
  findRunning(search: CallReach & { limit: number }): Promise<RunningCall[]>;
  /** How many calls are open, by what they do. */
  countOpen(reach: CallReach): Promise<OpenCalls>;
  /** The next project after this one, in the order of ids, that has calls waiting for this reason. */
  nextHeldProject(search: { after: string; reason: WaitReason }): Promise<string | undefined>;
  /**
   * Claim times of other open attempts to this number, in any project, that no provider call is bound to: a call found at the provider may
   * be theirs.
   */
  unmatchedClaimTimes(search: { toNumber: string; exceptCallLogId: string }): Promise<Date[]>;
  /**
   * Which of these provider call ids belong to an attempt of any project: projects may share an account at the provider.
   */
  ownedProviderCallIds(search: {
    projectId: string;
    toNumber: string;
    providerCallIds: string[];
  }): Promise<Set<string>>;
}

/** What it takes to keep the calls. */
export interface CallStoreDeps {
  callLogs: Collection<CallDocument>;
  projects: Pick<ProjectStore, "retentions">;
  rollups: Pick<RollupStore, "announce" | "inserted">;
  auditWriter: Pick<AuditWriter, "file">;
  now: () => Date;
}

const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

/** Most call logs that are inserted in one round trip; `dispatchMany` takes as many. */
const MAX_INSERTS = 1000;

/** The calls in a MongoDB collection. What many ask for at a time shares round trips: see `batch-loader.ts`. */
export function createCallStore({
  callLogs,
  projects,
  rollups,
  auditWriter,
  now,
}: CallStoreDeps): CallStore {
  const findOne = batchLoader<Sought, CallRecord | undefined>((sought) =>
    findCalls(callLogs, sought),
  );

  const { insertOne, replaceOne } = sharedWrites({ callLogs, projects, rollups });

  const fileActs = batchLoader<CallRecord, boolean>(async (records) => {
    const isFiled = await auditWriter.file(callLogs, records);
    return records.map(() => isFiled);
  });

  // Filed lines are dropped; the others must be carried into the next write.
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

    // One by one, so that the lists of concurrent callers share a round trip.
    insertMany: (records) => Promise.all(records.map((record) => insert(record).catch(asError))),

    async withdraw(callLogIds) {
      await callLogs.deleteMany({ _id: { $in: [...callLogIds] }, revision: 0 });
    },

    find: (callLogId, projectId) =>
      findOne({ callLogId, ...(projectId !== undefined && { projectId }) }),

    claim: (claim) => claimAttempt(callLogs, claim),

    async replace(record) {
      const next = { ...record, revision: record.revision + 1, updatedAt: now() };
      return (await replaceOne(next)) ? afterActs(next) : undefined;
    },

    findDue(at, limit, projectId) {
      const scope = projectId === undefined ? {} : { projectId };
      const due: Filter<CallDocument> = { ...scope, wakeAt: { $lte: at } };
      return callLogs.find(due, AS_RECORD).sort({ wakeAt: 1 }).limit(limit).toArray();
    },

    findByAlert(key, limit) {
      const placed: Filter<CallDocument> = { "alertOrigin.key": key };
      return callLogs.find(placed, AS_RECORD).sort(NEWEST_FIRST).limit(limit).toArray();
    },

    putOff: (calls, until) => putOff(callLogs, calls, until),

    wakeBy: (callLogIds, at) => wakeBy(callLogs, callLogIds, at),

    nextProject: (after) => findNextProject(callLogs, after),

    findHeld: (search) => findHeld(callLogs, search),

    nextHeldProject: (search) => nextHeldProject(callLogs, search),

    findRunning: (search) => findRunning(callLogs, search),

    countOpen: (reach) => countOpen(callLogs, reach),

    unmatchedClaimTimes: (search) => findUnmatchedClaimTimes(callLogs, search),

    ownedProviderCallIds: ({ providerCallIds }) => findOwnedCallIds(callLogs, providerCallIds),
  };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}

// Each call is written, or fails, by itself; only the round trips are shared.
function sharedWrites({ callLogs, projects, rollups }: Omit<CallStoreDeps, "now" | "auditWriter">) {
  async function toDocuments(records: readonly CallRecord[]): Promise<CallDocument[]> {
    const days = await projects.retentions(records.filter(isOver).map((r) => r.projectId));
    return records.map((record) => toDocument(record, days.get(record.projectId)));
  }

  const insertOne = batchLoader<CallRecord, InsertFate>(
    async (records) => {
      const documents = await toDocuments(records);
      const batch = await rollups.announce(documents);
      const fates = await insertCalls(callLogs, documents);
      await rollups.inserted(documents, batch);
      return fates;
    },
    { size: MAX_INSERTS },
  );

  const replaceOne = batchLoader<CallRecord, boolean>(async (records) => {
    const documents = await toDocuments(records);
    return replaceCalls(
      callLogs,
      documents.map((next) => ({ revision: next.revision - 1, next })),
    );
  });

  return { insertOne, replaceOne };
}

async function claimAttempt(
  callLogs: Collection<CallDocument>,
  { announced: known, ...claim }: AttemptClaim,
): Promise<CallRecord | undefined> {
  for (let announced = known; ;) {
    const claiming = { ...claim, ...(announced && { announced }) };
    const claimed = await callLogs.findOneAndUpdate(claimFilter(claiming), claimUpdate(claiming), {
      returnDocument: "after",
      ...AS_RECORD,
    });
    if (claimed !== null || announced === undefined) return claimed ?? undefined;
    // Perhaps only the number of the event was another one's by now.
    const found = await callLogs.findOne(claimFilter(claim), AS_RECORD);
    if (found === null) return undefined;
    announced = { status: found.status, eventCount: found.eventCount };
  }
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
