import { setImmediate as turn } from "node:timers/promises";

import { MongoClient } from "mongodb";
import { expect, test, vi } from "vitest";

import { encodeStored } from "./bson-bytes.ts";
import { Catalog } from "./catalog.ts";
import { startEmbeddedMongo } from "./embedded-mongo.ts";
import { parseIndexSpec } from "./index-spec.ts";
import { sweepExpired } from "./ttl-sweep.ts";

const MOMENT = new Date("2026-01-01T00:00:00Z");

/** A collection in memory whose documents have all expired. */
function expired(documents: number) {
  const catalog = new Catalog();
  const collection = catalog.create("test.keys");
  const spec = parseIndexSpec({ key: { at: 1 }, name: "ttl", expireAfterSeconds: 0 });
  catalog.createIndex(collection, spec);
  for (let _id = 0; _id < documents; _id += 1) {
    const value = { _id, at: new Date(MOMENT.getTime() - _id) };
    catalog.insert(collection, encodeStored(value), value);
  }
  return { catalog, collection, spec };
}

test("documents are removed once they have expired", async () => {
  let now = new Date("2026-01-01T00:00:00Z");
  const server = await startEmbeddedMongo({ now: () => now, ttlSweepMs: 5 });
  const client = await new MongoClient(server.uri).connect();
  const keys = client.db("test").collection("keys");
  await keys.createIndex({ at: -1 }, { expireAfterSeconds: 60 });
  await keys.insertMany([
    { _id: 1 as never, at: now },
    { _id: 2 as never, at: new Date(now.getTime() + 30_000) },
    { _id: 3 as never, at: "never" },
    { _id: 4 as never },
    { _id: 5 as never, at: [new Date(now.getTime() + 90_000), now] },
  ]);
  now = new Date(now.getTime() + 61_000);
  await vi.waitFor(async () => expect(await keys.distinct("_id")).toEqual([2, 3, 4]), {
    timeout: 30_000,
  });
  await client.close();
  await server.close();
});

test("commands have their turn while many are removed", async () => {
  const { catalog, collection } = expired(1050);
  const sizes = [collection.size];
  let isOver = false;
  const sweep = sweepExpired(catalog, MOMENT).finally(() => (isOver = true));
  while (!isOver) {
    await turn();
    sizes.push(collection.size);
  }
  expect(await sweep).toBe(1050);
  expect(collection.size).toBe(0);
  const steps = sizes.slice(1).map((size, index) => sizes[index]! - size);
  expect(Math.max(...steps)).toBeLessThanOrEqual(40);
});

const DROPS: Readonly<Record<string, (swept: ReturnType<typeof expired>) => void>> = {
  "the collection": ({ catalog, collection }) => catalog.drop(collection),
  "the index": ({ catalog, collection, spec }) => catalog.dropIndex(collection, spec),
};

test.each(Object.entries(DROPS))(
  "a sweep ends when %s is dropped meanwhile",
  async (_name, drop) => {
    const swept = expired(1000);
    const sweep = sweepExpired(swept.catalog, MOMENT);
    drop(swept);
    expect(await sweep).toBe(20);
    expect(swept.collection.size).toBe(980);
  },
);

test("a sweep that is stopped leaves the rest", async () => {
  const { catalog, collection } = expired(1000);
  const stopping = new AbortController();
  const sweep = sweepExpired(catalog, MOMENT, stopping.signal);
  stopping.abort();
  expect(await sweep).toBe(20);
  expect(collection.size).toBe(980);
});
