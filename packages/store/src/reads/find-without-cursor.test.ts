import { type FreshDatabase, freshDatabase } from "@call-log/testing";
import { MongoClient, MongoNetworkError, MongoServerError } from "mongodb";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { findInOneBatch } from "./find-without-cursor.ts";

let database: FreshDatabase;
let client: MongoClient;

beforeAll(async () => {
  database = await freshDatabase();
  client = await MongoClient.connect(database.uri);
});

afterAll(async () => {
  await client.close();
  await database.close();
});

afterEach(() => {
  vi.restoreAllMocks();
});

interface Found {
  _id: number;
}

function numbers(name = "numbers") {
  return client.db(database.databaseName).collection(name);
}

const page = {
  filter: { _id: { $gte: 3 } },
  projection: { _id: 1 },
  sort: { _id: -1 },
  skip: 1,
  limit: 3,
  maxTimeMS: 5000,
} as const;

const found = [{ _id: 8 }, { _id: 7 }, { _id: 6 }];

beforeAll(async () => {
  const documents = Array.from({ length: 10 }, (_, _id) => ({ _id, text: "x" }));
  await client
    .db(database.databaseName)
    .collection<Found & { text: string }>("numbers")
    .insertMany(documents);
});

describe("a search", () => {
  test("is one command", async () => {
    const collection = numbers();
    const cursors = vi.spyOn(collection, "find");
    expect(await findInOneBatch<Found>(collection, page)).toEqual(found);
    expect(cursors).not.toHaveBeenCalled();
  });

  test("goes on by a cursor where one batch does not hold all of it", async () => {
    const text = "x".repeat(1_500_000);
    const large = client.db(database.databaseName).collection<Found & { text: string }>("large");
    for (let _id = 0; _id < 12; _id += 1) await large.insertOne({ _id, text });
    const all = { ...page, filter: {}, projection: { text: 1 }, skip: 0, limit: 12 };
    const ids = (await findInOneBatch<Found>(numbers("large"), all)).map(({ _id }) => _id);
    expect(ids).toEqual(Array.from({ length: 12 }, (_, index) => 11 - index));
  });

  test.each([
    ["a connection that breaks", new MongoNetworkError("reset")],
    ["a primary that steps down", new MongoServerError({ message: "no longer", code: 189 })],
  ])("is sent again after %s", async (_name, error) => {
    const collection = numbers();
    vi.spyOn(collection.db, "command").mockRejectedValueOnce(error);
    expect(await findInOneBatch<Found>(collection, page)).toEqual(found);
  });

  test("that the database gave up is not sent again", async () => {
    const collection = numbers();
    const tooSlow = new MongoServerError({ message: "exceeded time limit", code: 50 });
    vi.spyOn(collection.db, "command").mockRejectedValueOnce(tooSlow);
    await expect(findInOneBatch<Found>(collection, page)).rejects.toBe(tooSlow);
  });
});
