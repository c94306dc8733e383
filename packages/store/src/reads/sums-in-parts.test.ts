import {
  histogramInput,
  mergedHistograms,
  mergedStats,
  STATS_DIMENSIONS,
  statsInput,
} from "@call-log/model";
import { callRecord, databaseRuns, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import fc from "fast-check";
import { type Collection, MongoClient, MongoServerError } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";

import type { CallDocument } from "../calls/call-document.ts";
import { openCollections } from "../collections.ts";
import { readHistogram } from "./call-histogram.ts";
import { readStats } from "./call-stats.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "0d0e6679-7425-40de-944b-e07fc1f90ae7";
const START = Date.UTC(2026, 9, 20);
const DAY_MS = 86_400_000;
/** Everything in one answer. */
const WHOLE = { maxTimeMS: 60_000, calls: 1_000_000, sliceMs: 60_000 };

const aCall = fc.record({
  projectId: fc.constantFrom(PROJECT, PROJECT, PROJECT, OTHER),
  // Several of one moment, and of moments far apart.
  createdAt: fc
    .oneof(fc.nat(3), fc.nat(9 * DAY_MS))
    .map((milliseconds) => new Date(START + milliseconds)),
  status: fc.constantFrom("Completed", "Busy", "Queued", "odd"),
  toNumber: fc.constantFrom("+14165550100", "+4930123456", "unparsable"),
  tags: fc.array(fc.constantFrom("a", "b", ""), { maxLength: 3 }),
  callCostInUSDCents: fc.nat(2_000_000).map((micro) => micro / 10_000),
});
const aQuery = fc.constantFrom(
  {},
  { tags: "a" },
  { status: "Busy" },
  { callCostInUSDCents: { $gt: 100 } },
  { toNumber: { _type: "EndsWith", value: "0100" } },
);

/** Sums of more calls than one answer may read, on every database. */
function sumsInPartsSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`sums in parts on ${name}`, () => {
    let database: FreshDatabase;
    let client: MongoClient;
    const calls = () => openCollections(client.db(database.databaseName)).callLogs;

    beforeAll(async () => {
      database = await fresh();
      client = await MongoClient.connect(database.uri);
    });
    beforeEach(async () => {
      await calls().deleteMany({});
    });
    afterAll(async () => {
      await client?.close();
      await database?.close();
    });

    const statsOf = (input: z.input<typeof statsInput>) => ({
      projectId: PROJECT,
      ...statsInput.parse(input),
    });
    const histogramOf = (input: z.input<typeof histogramInput>) => ({
      projectId: PROJECT,
      ...histogramInput.parse(input),
    });

    test("added up, they are the sums of all calls, however many an answer reads", async () => {
      const situation = fc.record({
        given: fc.array(aCall, { maxLength: 15 }),
        query: aQuery,
        timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu"),
        buckets: fc.constantFrom(1, 5, 60),
        atOnce: fc.constantFrom(1, 4, 1000),
      });
      await fc.assert(
        fc.asyncProperty(situation, async ({ given, query, timeZone, buckets, atOnce }) => {
          await calls().deleteMany({});
          if (given.length > 0) await calls().insertMany(given.map((one) => callRecord(one)));
          const limits = { ...WHOLE, calls: atOnce };
          const slow = withoutSums(calls());

          const sums = { query, by: [...STATS_DIMENSIONS], timeZone };
          const askStats = (cursor?: string) =>
            readStats(slow, statsOf({ ...sums, inParts: true, cursor }), limits);
          let stats = await askStats();
          while (stats.nextCursor !== undefined)
            stats = mergedStats(stats, await askStats(stats.nextCursor));
          const { from: _of, ...all } = stats;
          expect(all).toEqual(await readStats(calls(), statsOf(sums), WHOLE));

          const bars = { query, timeZone, buckets };
          const askBars = (cursor?: string) =>
            readHistogram(slow, histogramOf({ ...bars, inParts: true, cursor }), limits);
          let histogram = await askBars();
          while (histogram.nextCursor !== undefined)
            histogram = mergedHistograms(histogram, await askBars(histogram.nextCursor));
          expect(histogram).toEqual(await readHistogram(calls(), histogramOf(bars), WHOLE));
        }),
        { numRuns: databaseRuns(40) },
      );
    });

    const eachDay = (days: number) =>
      calls().insertMany(
        Array.from({ length: days }, (_, day) =>
          callRecord({ projectId: PROJECT, createdAt: new Date(START + day * DAY_MS) }),
        ),
      );

    test("a part says how far back it goes, and its cursor is for its question alone", async () => {
      await eachDay(4);
      const limits = { ...WHOLE, calls: 3 };
      const third = new Date(START + DAY_MS).toISOString();
      const slow = withoutSums(calls());
      const bars = await readHistogram(slow, histogramOf({ inParts: true }), limits);
      expect(bars).toMatchObject({ from: third, nextCursor: expect.any(String) as string });
      const stats = await readStats(slow, statsOf({ inParts: true }), limits);
      expect(stats).toMatchObject({ from: third, total: { calls: 3 } });
      // What is placed meanwhile moves no bucket.
      await calls().insertMany([callRecord({ projectId: PROJECT, createdAt: new Date() })]);
      const rest = await readHistogram(slow, histogramOf({ cursor: bars.nextCursor }), limits);
      expect(mergedHistograms(bars, rest).buckets).toHaveLength(bars.buckets.length);
      expect(rest).toMatchObject({ size: bars.size, to: bars.to });
      for (const { nextCursor: cursor } of [bars, stats]) {
        const ofOther = { cursor, query: { status: "Busy" } };
        const text = "cursor: belongs to another question";
        await expect(readHistogram(slow, histogramOf(ofOther), limits)).rejects.toThrow(text);
        await expect(readStats(slow, statsOf(ofOther), limits)).rejects.toThrow(text);
      }
    });

    test("what the database can sum in time is one answer", async () => {
      await eachDay(4);
      const limits = { ...WHOLE, calls: 1 };
      const bars = await readHistogram(calls(), histogramOf({ inParts: true }), limits);
      expect(bars).toEqual(await readHistogram(calls(), histogramOf({}), WHOLE));
      const stats = await readStats(calls(), statsOf({ inParts: true, by: ["status"] }), limits);
      expect(stats).toEqual(await readStats(calls(), statsOf({ by: ["status"] }), WHOLE));
    });

    test("who does not ask for parts is told that it takes too long", async () => {
      await eachDay(4);
      const slow = withoutSums(calls());
      await expect(readHistogram(slow, histogramOf({}), WHOLE)).rejects.toThrow(
        "query: takes the database too long",
      );
      await expect(readStats(slow, statsOf({}), WHOLE)).rejects.toThrow(
        "query: takes the database too long",
      );
    });

    test("what took too long as a whole is read by windows that begin short", async () => {
      await eachDay(60);
      const spans: number[] = [];
      const slow = withSpans(withoutSums(calls()), spans);
      const stats = await readStats(slow, statsOf({ inParts: true }), WHOLE);
      expect(stats).toMatchObject({ total: { calls: 60 } });
      expect(spans[0]).toBeLessThanOrEqual(DAY_MS);
      // They grow while the database is fast.
      expect(spans.length).toBeLessThan(12);
      spans.length = 0;
      const bars = await readHistogram(slow, histogramOf({ inParts: true }), WHOLE);
      expect(bars.nextCursor).toBeUndefined();
      expect(spans[0]).toBeLessThanOrEqual(DAY_MS);
    });

    test("where the ends of what matches are not found in time, the span is that of the project", async () => {
      await eachDay(4);
      const slow = withoutEnds(withoutSums(calls()), "Busy");
      const asked = { query: { status: "Busy" }, inParts: true };
      const bars = await readHistogram(slow, histogramOf(asked), WHOLE);
      expect(bars).toMatchObject({ size: "6 hours", from: new Date(START).toISOString() });
      expect(bars.nextCursor).toBeUndefined();
    });
  });
}

type Calls = Collection<CallDocument>;

const timeLimit = () =>
  new MongoServerError({ code: 50, message: "operation exceeded time limit" });

/** Calls of a database that is too slow for every aggregation. */
function withoutSums(calls: Calls): Calls {
  const slow: Calls = Object.create(calls) as Calls;
  slow.aggregate = () => {
    throw timeLimit();
  };
  return slow;
}

/** Calls of a database that notes how long the span is of which calls are read, in milliseconds. */
function withSpans(calls: Calls, spans: number[]): Calls {
  const noting: Calls = Object.create(calls) as Calls;
  const find = calls.find.bind(calls) as (...given: unknown[]) => ReturnType<Calls["find"]>;
  noting.find = ((filter: object, options: object) => {
    const edges = [...JSON.stringify(filter).matchAll(/"\$(?:gte|lte?)":"([^"]+)"/g)];
    const times = edges.map(([, time]) => Date.parse(time!));
    if ("batchSize" in options)
      spans.push(times.length < 2 ? Infinity : Math.max(...times) - Math.min(...times));
    return find(filter, options);
  }) as Calls["find"];
  return noting;
}

/** Calls of a database that does not find the first call with a text in its filter in time. */
function withoutEnds(calls: Calls, text: string): Calls {
  const slow: Calls = Object.create(calls) as Calls;
  const find = calls.find.bind(calls) as (...given: unknown[]) => ReturnType<Calls["find"]>;
  slow.find = ((filter: object, options: object) => {
    const found = find(filter, options);
    const limit = found.limit.bind(found);
    found.limit = (count: number) => {
      if (count === 1 && JSON.stringify(filter).includes(text)) throw timeLimit();
      return limit(count);
    };
    return found;
  }) as Calls["find"];
  return slow;
}

onEachDatabase(sumsInPartsSuite);
