import { freshDatabase } from "@call-log/testing";
import { AbstractCursor, Collection, type Db, type Document, MongoClient } from "mongodb";
import { beforeAll, beforeEach, afterAll, describe, expect, test } from "vitest";

import { type DatabaseCommand, watchCommands } from "./watch-commands.ts";

interface Seen extends DatabaseCommand {
  /** Absent while it goes on. */
  end?: string;
}

let client: MongoClient;
let database: Db;
let close: () => Promise<void>;
/** What the driver says it sends. */
const sent: string[] = [];
const seen: Seen[] = [];

const things = (): Collection<Document> => database.collection("things");

beforeAll(async () => {
  const fresh = await freshDatabase();
  client = await MongoClient.connect(fresh.uri, { monitorCommands: true });
  client.on("commandStarted", ({ commandName }) => void sent.push(commandName));
  database = watchCommands(client.db(fresh.databaseName), (command) => {
    const one: Seen = { ...command };
    seen.push(one);
    return (errorName = "done") => (one.end = errorName);
  });
  close = async () => {
    await client.close();
    await fresh.close();
  };
});

beforeEach(async () => {
  await things().deleteMany({});
  await things().insertMany([{ n: 1 }, { n: 2 }, { n: 3 }]);
  sent.length = 0;
  seen.length = 0;
});

afterAll(() => close());

const METHODS: Record<string, (of: Collection<Document>) => Promise<unknown>> = {
  findOne: (of) => of.findOne({ n: 1 }),
  find: (of) => of.find({}).sort({ n: 1 }).limit(2).toArray(),
  "find, one by one": (of) => of.find({}).next(),
  "find, tried": (of) => of.find({}).tryNext(),
  "find, asked for more": (of) => of.find({}).hasNext(),
  "find, for each": (of) => of.find({}).forEach(() => undefined),
  "find, in a loop": async (of) => {
    for await (const { n } of of.find({})) expect(n).toBeGreaterThan(0);
  },
  aggregate: (of) => of.aggregate([{ $match: { n: 1 } }]).toArray(),
  insertOne: (of) => of.insertOne({ n: 4 }),
  insertMany: (of) => of.insertMany([{ n: 5 }]),
  updateOne: (of) => of.updateOne({ n: 1 }, { $set: { m: 1 } }),
  updateMany: (of) => of.updateMany({}, { $set: { m: 1 } }),
  replaceOne: (of) => of.replaceOne({ n: 1 }, { n: 1 }),
  deleteOne: (of) => of.deleteOne({ n: 1 }),
  deleteMany: (of) => of.deleteMany({ n: 1 }),
  findOneAndUpdate: (of) => of.findOneAndUpdate({ n: 1 }, { $set: { m: 1 } }),
  findOneAndReplace: (of) => of.findOneAndReplace({ n: 1 }, { n: 1 }),
  findOneAndDelete: (of) => of.findOneAndDelete({ n: 1 }),
  countDocuments: (of) => of.countDocuments({ n: 1 }),
  estimatedDocumentCount: (of) => of.estimatedDocumentCount(),
  distinct: (of) => of.distinct("n"),
  "a command of the database": (of) => of.db.command({ count: "things" }),
};

test.each(Object.keys(METHODS))(
  "%s is watched under the name that the driver sends",
  async (name) => {
    await METHODS[name]?.(things());
    const { databaseName } = database;
    expect(seen).toEqual(
      sent.map((command) => ({
        name: command,
        collection: "things",
        database: databaseName,
        end: "done",
      })),
    );
    expect(seen).toHaveLength(1);
  },
);

/** Methods without a span, and why. */
const UNWATCHED = {
  "sends nothing":
    "constructor withReadPreference withReadConcern addCursorFlag map maxTimeMS batchSize rewind trackCursor bufferedCount readBufferedDocuments initializeUnorderedBulkOp initializeOrderedBulkOp",
  "never ends, or only ends a read": "watch close",
  "only when the service starts, or never":
    "rename drop options isCapped indexes indexExists indexInformation createIndex createIndexes dropIndex dropIndexes listIndexes count stream listSearchIndexes createSearchIndex createSearchIndexes dropSearchIndex updateSearchIndex",
  "the driver's own":
    "getMore cursorInit fetchBatch cleanup emitClose transformDocument throwIfInitialized",
};

// A method that nobody thought of, of a new driver too, would be a command without a span.
test.each([
  ["a collection", () => things(), Collection.prototype],
  ["a cursor", () => things().find({}), AbstractCursor.prototype],
] as const)("each method of %s is watched, or is known not to be", (_, object, prototype) => {
  const of = object();
  const own = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  const methods = own.filter(([, { value }]) => typeof value === "function");
  const unwatched = methods.filter(([name, { value }]) => Reflect.get(of, name) === value);
  const known = new Set(Object.values(UNWATCHED).join(" ").split(" "));
  expect(methods.length).toBeGreaterThan(10);
  expect(unwatched.map(([name]) => name).filter((name) => !known.has(name))).toEqual([]);
});

describe("what is watched", () => {
  test("does the same", async () => {
    const found = await things().find({}).sort({ n: -1 }).limit(2).project({ _id: 0 }).toArray();
    expect(found).toEqual([{ n: 3 }, { n: 2 }]);
    const { insertedCount, matchedCount } = await things().bulkWrite([
      { insertOne: { document: { n: 4 } } },
      { updateOne: { filter: { n: 1 }, update: { $set: { m: 1 } } } },
    ]);
    expect({ insertedCount, matchedCount }).toEqual({ insertedCount: 1, matchedCount: 1 });
    expect(seen.map(({ name }) => name)).toEqual(["find", "bulkWrite"]);
  });

  test("fails with its error, and is reported by its name", async () => {
    const { insertedId: _id } = await things().insertOne({});
    await expect(things().insertOne({ _id })).rejects.toThrow("duplicate key");
    const signal = AbortSignal.abort();
    await expect(things().find({}, { signal }).toArray()).rejects.toThrow("aborted");
    const loop = async () => {
      for await (const one of things().find({}, { signal })) expect(one).toBe(undefined);
    };
    await expect(loop()).rejects.toThrow("aborted");
    expect(seen.map(({ end }) => end)).toEqual([
      "done",
      "MongoServerError",
      "AbortError",
      "AbortError",
    ]);
  });

  test("has ended when a loop is left early", async () => {
    for await (const one of things().find({})) {
      expect(one).toBeDefined();
      break;
    }
    expect(seen.map(({ end }) => end)).toEqual(["done"]);
  });
});
