import { type FreshDatabase, freshDatabase } from "@call-log/testing";
import { MongoClient, MongoNetworkError, MongoServerError } from "mongodb";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";

import { inOneBatch } from "./in-one-batch.ts";

interface Numbered {
  _id: number;
  text: string;
}

let database: FreshDatabase;
let client: MongoClient;

beforeAll(async () => {
  database = await freshDatabase();
  client = await MongoClient.connect(database.uri);
  await numbers().insertMany(Array.from({ length: 10 }, (_, _id) => ({ _id, text: "x" })));
});

afterAll(async () => {
  await client.close();
  await database.close();
});

afterEach(() => {
  vi.restoreAllMocks();
});

function numbers(name = "numbers") {
  return client.db(database.databaseName).collection<Numbered>(name);
}

const page = { projection: { _id: 1 }, sort: { _id: -1 }, skip: 1, limit: 3 } as const;
const filter = { _id: { $gte: 3 } };

async function found(collection = numbers()) {
  const byCursor = vi.fn<() => Promise<Numbered[]>>(() => collection.find(filter, page).toArray());
  const command = { find: collection.collectionName, filter, ...page };
  const documents = await inOneBatch(collection, command, byCursor);
  return { ids: documents.map(({ _id }) => _id), cursors: byCursor.mock.calls.length };
}

test("what fits into one batch is found without a cursor", async () => {
  expect(await found()).toEqual({ ids: [8, 7, 6], cursors: 0 });
});

test("what one batch does not hold is found by the cursor", async () => {
  const large = numbers("large");
  const text = "x".repeat(1_500_000);
  for (let _id = 0; _id < 12; _id += 1) await large.insertOne({ _id, text });
  const command = { find: "large", filter: {}, sort: { _id: 1 }, limit: 12 };
  const byCursor = vi.fn<() => Promise<Numbered[]>>(() => large.find().sort({ _id: 1 }).toArray());
  expect(await inOneBatch(large, command, byCursor)).toHaveLength(12);
  expect(byCursor).toHaveBeenCalledOnce();
});

test.each([
  ["a connection that breaks", new MongoNetworkError("reset")],
  ["a primary that steps down", new MongoServerError({ message: "no longer", code: 189 })],
])("the cursor finds it after %s", async (_name, error) => {
  const collection = numbers();
  vi.spyOn(collection.db, "command").mockRejectedValueOnce(error);
  expect(await found(collection)).toEqual({ ids: [8, 7, 6], cursors: 1 });
});

test("what the database stopped at its time limit is not sent again", async () => {
  const collection = numbers();
  const tooSlow = new MongoServerError({ message: "exceeded time limit", code: 50 });
  vi.spyOn(collection.db, "command").mockRejectedValueOnce(tooSlow);
  await expect(found(collection)).rejects.toBe(tooSlow);
});
