import { connectStore, type Store } from "@call-log/store";
import { type Document, type IndexDescription, MongoClient } from "mongodb";

import type { BenchMongo } from "../bench-mongo.ts";
import type { Calls } from "../embedded/operations.ts";
import { CORPUS_PROJECT_ID, corpusCall } from "../reads/corpus.ts";
import { sumClosedPeriods } from "../reads/seeded-database.ts";

/** Call logs of the living project. */
export const LIVING = 10_000;

const EXPIRED_PROJECT_ID = "2f6c1f0e-54c6-4c4b-9b53-0d7f6a1f7e11";
const EXPIRED_SINCE = Date.UTC(2026, 0, 1);
const BATCH = 1000;

/** A log with a living project, and another one of which every call log has expired. */
export interface ExpiringLog {
  store: Store;
  /** From now on the database deletes what has expired, when it comes to it. */
  beginToExpire(): Promise<void>;
  /** Whether the first call log that expired is deleted. */
  isFirstGone(): Promise<boolean>;
  /** Whether the last one is. */
  isLastGone(): Promise<boolean>;
  /** How many are left that have expired. */
  left(): Promise<number>;
  close(): Promise<void>;
}

/** Fill a database of its own. Nothing expires yet, since the index that says so is not there. */
export async function openExpiringLog(mongo: BenchMongo, expired: number): Promise<ExpiringLog> {
  const uri = mongo.uriOf(`bench-retention-${process.pid}`);
  const store = await connectStore({ uri });
  // Of its own, since building indexes outlasts the store's socket timeout.
  const client = new MongoClient(uri);
  const calls: Calls = client.db().collection("callLogs");
  const close = async () => {
    await client.db().dropDatabase();
    await client.close();
    await store.close();
  };
  try {
    const retention = await fill({ store, calls }, expired);
    const isGone = async (index: number) =>
      (await calls.findOne({ _id: expiredId(index) })) === null;
    return {
      store,
      beginToExpire: async () => void (await calls.createIndexes(retention)),
      isFirstGone: () => isGone(0),
      isLastGone: () => isGone(expired - 1),
      left: () => calls.countDocuments({ projectId: EXPIRED_PROJECT_ID }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

// Indexes are built on what is there, which is faster; that of the retention is given back, to be built when something is to expire.
async function fill(
  { store, calls }: { store: Store; calls: Calls },
  expired: number,
): Promise<IndexDescription[]> {
  const indexes = await describedIndexes(calls);
  await calls.dropIndexes();
  await store.projects.create({ id: CORPUS_PROJECT_ID, name: "Living" });
  await insertInBatches(calls, LIVING, (index) => corpusCall(index, LIVING));
  await insertInBatches(calls, expired, (index) => expiredCall(index, expired));
  const isRetention = ({ expireAfterSeconds }: IndexDescription) => expireAfterSeconds === 0;
  await calls.createIndexes(indexes.filter((index) => !isRetention(index)));
  await sumClosedPeriods(store);
  return indexes.filter(isRetention);
}

async function describedIndexes(calls: Calls): Promise<IndexDescription[]> {
  const described = (await calls.listIndexes().toArray()) as IndexDescription[];
  return described
    .filter(({ name }) => name !== "_id_")
    .map(({ key, name, sparse, partialFilterExpression, expireAfterSeconds }) => ({
      key,
      name: name!,
      ...(sparse !== undefined && { sparse }),
      ...(partialFilterExpression !== undefined && { partialFilterExpression }),
      ...(expireAfterSeconds !== undefined && { expireAfterSeconds }),
    }));
}

// They expire in the order of their numbers, and servers delete in that of the index.
function expiredCall(index: number, size: number): { _id: string } & Document {
  return {
    ...corpusCall(index, size),
    _id: expiredId(index),
    projectId: EXPIRED_PROJECT_ID,
    expireAt: new Date(EXPIRED_SINCE + index),
  };
}

function expiredId(index: number): string {
  return `expired-${index}`;
}

async function insertInBatches(
  calls: Calls,
  size: number,
  call: (index: number) => { _id: string } & Document,
): Promise<void> {
  for (let from = 0; from < size; from += BATCH) {
    const length = Math.min(BATCH, size - from);
    await calls.insertMany(Array.from({ length }, (_, index) => call(from + index)));
  }
}
