import { connectStore, type Store } from "@call-log/store";
import { type Db, MongoClient } from "mongodb";

import type { BenchMongo } from "../bench-mongo.ts";
import { CORPUS_PROJECT_ID, corpusCall } from "./corpus.ts";

/** A key of the project of every corpus, which may read; it opens nothing but benchmarks. */
export const CORPUS_KEY = "cl_benchmark_of_reads_0000000000000000000000000";

/** Another one, which may do everything in the project. */
export const CORPUS_OWNER_KEY = "cl_benchmark_of_owners_00000000000000000000000000";

/** The collection with the same call logs under the names that Parse gives its own fields. */
export const PARSE_COLLECTION = "ParseCallLog";

/** Raised when the corpus changes, so that databases of an older one are written again. */
const VERSION = 1;
const BATCH = 1000;
/** Longest that a database may be silent, in milliseconds: embedded-mongo answers nobody while it builds the indexes of a large collection. */
const PATIENCE_MS = 1_800_000;
/** Rounds of summing after which something must be wrong. */
const MOST_ROUNDS = 1000;

/** What a database is to hold. */
export interface CorpusOptions {
  /** How many call logs. */
  size: number;
  /** Once more for Parse, in a collection of its own. */
  forParse: boolean;
}

/** A database with a corpus, written once and used again by later runs; its address. */
export async function seededDatabase(
  mongo: BenchMongo,
  { size, forParse }: CorpusOptions,
): Promise<string> {
  const uri = mongo.uriOf(`call-log-bench-${size}`);
  await using client = new MongoClient(uri, { connectTimeoutMS: PATIENCE_MS });
  const database = client.db();
  const seed = { _id: "corpus", version: VERSION, size, forParse };
  const seeds = database.collection<typeof seed>("bench");
  const present = await seeds.findOne({ _id: seed._id });
  const isEnough = present?.version === VERSION && (present.forParse || !forParse);
  if (!isEnough) {
    await database.dropDatabase();
    await writeCorpus(database, { size, forParse });
    await prepareStore(uri);
    await seeds.insertOne(seed);
  }
  await finishCorpus(uri);
  return uri;
}

async function writeCorpus(database: Db, { size, forParse }: CorpusOptions): Promise<void> {
  for (let from = 0; from < size; from += BATCH) {
    const length = Math.min(BATCH, size - from);
    const calls = Array.from({ length }, (_, index) => corpusCall(from + index, size));
    const writes = [database.collection<{ _id: string }>("callLogs").insertMany(calls)];
    if (forParse) {
      const renamed = calls.map(({ createdAt, updatedAt, ...call }) => ({
        ...call,
        _created_at: createdAt,
        _updated_at: updatedAt,
      }));
      writes.push(database.collection<{ _id: string }>(PARSE_COLLECTION).insertMany(renamed));
    }
    await Promise.all(writes);
  }
}

// Indexes are built on what is there, as connecting does.
async function prepareStore(uri: string): Promise<void> {
  const store = await connectPatiently(uri);
  try {
    await store.projects.create({ id: CORPUS_PROJECT_ID, name: "Benchmark" });
  } finally {
    await store.close();
  }
}

function connectPatiently(uri: string): Promise<Store> {
  return connectStore({
    uri,
    serverSelectionTimeoutMs: PATIENCE_MS,
    socketTimeoutMs: PATIENCE_MS,
  });
}

/** What the worker does in its rounds: sums for the counts, until all that is over is summed. */
export async function sumClosedPeriods({ rollups }: Pick<Store, "rollups">): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1)
    if (await rollups.build({ budgetMs: 10_000 })) return;
  throw new Error("the closed periods of the corpus can't be summed");
}

const KEYS = [
  { key: CORPUS_KEY, permissions: ["Viewer" as const] },
  { key: CORPUS_OWNER_KEY, permissions: ["Project Owner" as const] },
];

// Also what a corpus of an older state lacks.
async function finishCorpus(uri: string): Promise<void> {
  const store = await connectPatiently(uri);
  try {
    for (const key of KEYS)
      await store.keys.createWithKey({ ...key, projectId: CORPUS_PROJECT_ID });
    // What calls are found by, as workers fill it in.
    let isFilledIn = false;
    while (!isFilledIn) isFilledIn = await store.backgroundMigrations.run(10_000);
    await sumClosedPeriods(store);
  } finally {
    await store.close();
  }
}
