import type { CallRecord } from "@call-log/model";
import { MongoBulkWriteError, type Collection, type Filter } from "mongodb";

import { claimFilter, claimUpdate } from "./attempt-claim.ts";
import type { CallDocument } from "./collections.ts";
import { isDuplicateKey } from "./database-error.ts";
import type { ProjectStore } from "./project-store.ts";
import { isOver, toDocument } from "./retention.ts";
import { findRivalClaims } from "./rival-claims.ts";
import type { CallStore } from "./store.ts";

/** What the calls are kept in and by. */
export interface CallStoreDeps {
  callLogs: Collection<CallDocument>;
  projects: Pick<ProjectStore, "retentions">;
  now: () => Date;
}

// `expireAt` is the database's business, no part of a record.
const asRecord = { projection: { expireAt: 0 } } as const;

/** The calls in a MongoDB collection. */
export function createCallStore({ callLogs, projects, now }: CallStoreDeps): CallStore {
  async function toDocuments(records: readonly CallRecord[]): Promise<CallDocument[]> {
    const days = await projects.retentions(records.filter(isOver).map((r) => r.projectId));
    return records.map((record) => toDocument(record, days.get(record.projectId)));
  }

  async function findById(ids: readonly string[]): Promise<Map<string, CallRecord>> {
    if (ids.length === 0) return new Map();
    const found = await callLogs.find({ _id: { $in: [...ids] } }, asRecord).toArray();
    return new Map(found.map((record) => [record._id, record]));
  }

  async function insertMany(records: CallRecord[]) {
    const taken = await insertUnordered(callLogs, await toDocuments(records));
    const present = await findById([...taken].map((index) => records[index]!._id));
    return records.map((record, index) => {
      if (!taken.has(index)) return { inserted: true, record };
      const other = present.get(record._id);
      if (other === undefined) throw new Error(`call log ${record._id} vanished while it was read`);
      return { inserted: false, record: other };
    });
  }

  return {
    insertMany,

    async insert(record) {
      const [answer] = await insertMany([record]);
      return answer!;
    },

    async find(callLogId, projectId) {
      const scope = projectId === undefined ? {} : { projectId };
      return (await callLogs.findOne({ _id: callLogId, ...scope }, asRecord)) ?? undefined;
    },

    async claim(claim) {
      const claimed = await callLogs.findOneAndUpdate(claimFilter(claim), claimUpdate(claim), {
        returnDocument: "after",
        ...asRecord,
      });
      return claimed ?? undefined;
    },

    async replace(record) {
      const { _id, projectId, revision } = record;
      const next = { ...record, revision: revision + 1, updatedAt: now() };
      const [document] = await toDocuments([next]);
      const { matchedCount } = await callLogs.replaceOne({ _id, projectId, revision }, document!);
      return matchedCount === 1 ? next : undefined;
    },

    findDue(at, limit) {
      const due: Filter<CallDocument> = { wakeAt: { $lte: at } };
      return callLogs.find(due, asRecord).sort({ wakeAt: 1 }).limit(limit).toArray();
    },

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

/** Insert in one round trip; the indexes of the documents whose `_id` was taken. */
async function insertUnordered(
  callLogs: Collection<CallDocument>,
  documents: CallDocument[],
): Promise<Set<number>> {
  if (documents.length === 0) return new Set();
  try {
    await callLogs.insertMany(documents, { ordered: false });
    return new Set();
  } catch (error) {
    if (!(error instanceof MongoBulkWriteError) || !isDuplicateKey(error)) throw error;
    return new Set([error.writeErrors].flat().map(({ index }) => index));
  }
}
