import { setImmediate as turn } from "node:timers/promises";

import { MongoClient } from "mongodb";
import { expect, onTestFinished, test, vi } from "vitest";

import { encodeStored } from "./bson-bytes.ts";
import { Catalog } from "./catalog.ts";
import type { Collection } from "./collection.ts";
import { startEmbeddedMongo } from "./embedded-mongo.ts";
import { parseIndexSpec } from "./index-spec.ts";
import { openTemporaryStorage } from "./open-storage.ts";
import { startTtlSweep, sweepExpired } from "./ttl-sweep.ts";

const MOMENT = new Date("2026-01-01T00:00:00Z");

/** A collection whose documents have all expired. */
async function expired(documents: number) {
  const { storage, close } = await openTemporaryStorage();
  const catalog = new Catalog(storage);
  onTestFinished(async () => {
    await catalog.close();
    await close();
  });
  const spec = parseIndexSpec({ key: { at: 1 }, name: "ttl", expireAfterSeconds: 0 });
  await catalog.write(() => {
    const collection = catalog.create("test.keys");
    catalog.createIndex(collection, spec);
    for (let _id = 0; _id < documents; _id += 1) {
      const value = { _id, at: new Date(MOMENT.getTime() - _id) };
      catalog.insert(collection, encodeStored(value), value);
    }
  });
  const collection = (): Collection => catalog.read("test.keys");
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
  await expect.poll(() => keys.distinct("_id")).toEqual([2, 3, 4]);
  await client.close();
  await server.close();
});

test("commands have their turn while many are removed", async () => {
  const { catalog, collection } = await expired(1050);
  const sizes = [collection().size];
  let isOver = false;
  const sweep = sweepExpired(catalog, MOMENT).finally(() => (isOver = true));
  while (!isOver) {
    await turn();
    sizes.push(collection().size);
  }
  expect(await sweep).toBe(1050);
  expect(collection().size).toBe(0);
  const steps = sizes.slice(1).map((size, index) => sizes[index]! - size);
  expect(Math.max(...steps)).toBeLessThanOrEqual(40);
});

type Swept = Awaited<ReturnType<typeof expired>>;

const DROPS: Readonly<Record<string, (swept: Swept) => void>> = {
  "the collection": ({ catalog, collection }) => catalog.drop(collection()),
  "the index": ({ catalog, collection, spec }) => catalog.dropIndex(collection(), spec),
};

test.each(Object.entries(DROPS))(
  "a sweep ends when %s is dropped meanwhile",
  async (_name, drop) => {
    const swept = await expired(1000);
    const sweep = sweepExpired(swept.catalog, MOMENT);
    // The first batch comes before it in the same transaction.
    await swept.catalog.write(() => {
      expect(swept.collection().size).toBe(980);
      drop(swept);
    });
    expect(await sweep).toBe(20);
  },
);

test("a sweep that is stopped leaves the rest", async () => {
  const { catalog, collection } = await expired(1000);
  const stopping = new AbortController();
  const sweep = sweepExpired(catalog, MOMENT, stopping.signal);
  stopping.abort();
  expect(await sweep).toBe(20);
  expect(collection().size).toBe(980);
});

test("what goes wrong in a sweep is handed on, and the next turn tries again", async () => {
  const { catalog, collection } = await expired(20);
  const refused = new Error("no room");
  vi.spyOn(catalog, "write").mockRejectedValueOnce(refused);
  const onError = vi.fn<(error: Error) => void>();
  const sweep = startTtlSweep({ catalog, now: () => MOMENT, onError }, 5);
  onTestFinished(() => sweep.stop());
  await expect.poll(() => collection().size).toBe(0);
  expect(onError.mock.calls).toEqual([[refused]]);
});
