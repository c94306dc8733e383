import type { Collection, Document } from "mongodb";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type EmbeddedMongo, startEmbeddedMongo } from "./embedded-mongo.ts";
import { PAUSE, Turns, type Work } from "./turns.ts";

/** So many that reading all of them takes many turns. */
const DOCUMENTS = 60_000;
const NOT_THERE = /nobody says this/;

async function filled(): Promise<{ server: EmbeddedMongo; client: MongoClient }> {
  const server = await startEmbeddedMongo();
  const client = await new MongoClient(server.uri, { retryReads: false }).connect();
  const documents = Array.from({ length: DOCUMENTS }, (_, n) => ({
    _id: n as never,
    n,
    text: `The disk of shop ${n} is full.`,
  }));
  await client.db("test").collection("calls").insertMany(documents);
  return { server, client };
}

describe("work that pauses", () => {
  let held = 0;
  let most = 0;
  /** Counts itself while it goes on. */
  const work = function* work(pauses: number): Work<number> {
    yield PAUSE;
    held += 1;
    most = Math.max(most, held);
    try {
      for (let n = 0; n < pauses; n += 1) yield PAUSE;
    } finally {
      held -= 1;
    }
    return pauses;
  };

  test("goes on with few others, and all of it comes to its end", async () => {
    const turns = new Turns();
    const results = Array.from({ length: 60 }, async (_, n) => turns.run(work(n)));
    expect(await Promise.all(results)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect({ held, most }).toEqual({ held: 0, most: 8 });
  });

  test("is ended by the end of its server, and lets go of what it holds", async () => {
    const turns = new Turns();
    const endless = Array.from({ length: 20 }, async () => turns.run(work(Infinity)));
    const ended = Promise.allSettled(endless);
    await turns.close();
    const reasons = (await ended).map((one) => String(one.status === "rejected" && one.reason));
    expect(new Set(reasons)).toEqual(new Set(["CommandError: the server is shutting down"]));
    expect(held).toBe(0);
  });
});

describe("a long read", () => {
  let server: EmbeddedMongo;
  let client: MongoClient;
  let calls: Collection<Document>;

  beforeAll(async () => {
    ({ server, client } = await filled());
    calls = client.db("test").collection("calls");
  });
  afterAll(async () => {
    await client.close();
    await server.close();
  });

  const reads: [string, () => Promise<unknown>, unknown][] = [
    ["find", () => calls.find({ text: NOT_THERE }).toArray(), []],
    [
      "find, sorted",
      () => calls.find({}).sort({ text: -1 }).limit(1).toArray(),
      [{ _id: 9999, n: 9999, text: "The disk of shop 9999 is full." }],
    ],
    [
      "find, the rest of it",
      async () => {
        const found = calls.find({ $or: [{ n: 0 }, { text: NOT_THERE }] }).batchSize(1);
        const documents: unknown[] = [];
        for await (const { n } of found) documents.push(n);
        return documents;
      },
      [0],
    ],
    ["count", () => calls.countDocuments({ text: NOT_THERE }), 0],
    [
      "$group",
      () => calls.aggregate([{ $group: { _id: null, sum: { $sum: "$n" } } }]).toArray(),
      [{ _id: null, sum: (DOCUMENTS * (DOCUMENTS - 1)) / 2 }],
    ],
    [
      "$unionWith",
      () =>
        calls
          .aggregate([
            { $match: { n: 7 } },
            { $unionWith: { coll: "calls", pipeline: [{ $match: { text: NOT_THERE } }] } },
            { $project: { n: 1 } },
          ])
          .toArray(),
      [{ _id: 7, n: 7 }],
    ],
    ["distinct", () => calls.distinct("n", { text: NOT_THERE }), []],
    [
      "explain",
      async () => {
        const { executionStats } = await calls.find({ text: NOT_THERE }).explain();
        return executionStats.totalDocsExamined;
      },
      DOCUMENTS,
    ],
  ];

  test.each(reads)("lets others have their turns: %s", async (_name, read, expected) => {
    let isOver = false;
    const reading = read().finally(() => (isOver = true));
    // Each answer needs a turn of the server after the one before.
    for (let answers = 0; answers < 2; answers += 1) await calls.findOne({ _id: 1 as never });
    expect(isOver).toBe(false);
    expect(await reading).toEqual(expected);
  });

  test("sees one state of the data, whatever is written meanwhile", async () => {
    await calls.createIndex({ n: 1 });
    let isOver = false;
    const reading = calls
      .aggregate([
        { $match: { n: { $gte: 0 } } },
        { $group: { _id: null, calls: { $sum: 1 }, sum: { $sum: "$n" } } },
      ])
      .next()
      .finally(() => (isOver = true));
    // From the end, which it reads last.
    let changed = 0;
    for (; !isOver; changed += 1)
      await calls.updateOne({ _id: (DOCUMENTS - 1 - changed) as never }, { $set: { n: -1 } });
    expect(changed).toBeGreaterThan(5);
    // Some may have been written before it began.
    const { calls: read, sum } = (await reading) as { calls: number; sum: number };
    expect(read).toBeGreaterThan(DOCUMENTS - 4);
    expect(sum).toBe((read * (read - 1)) / 2);
  });

  test("is one of any number", async () => {
    const counts = await Promise.all(
      Array.from({ length: 90 }, () => calls.countDocuments({ n: { $gte: 0 } }, { limit: 5000 })),
    );
    expect(new Set(counts)).toEqual(new Set([5000]));
  });
});

test("a server that stops ends the reads that are under way", async () => {
  const { server, client } = await filled();
  const calls = client.db("test").collection("calls");
  const reading = calls.countDocuments({ text: NOT_THERE }).catch((error: Error) => error.name);
  await calls.findOne({ _id: 1 as never });
  await server.close();
  expect(await reading).toMatch(/^Mongo/);
  await client.close();
});
