import { MongoClient } from "mongodb";
import { expect, test, vi } from "vitest";

import { startEmbeddedMongo } from "./embedded-mongo.ts";

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
