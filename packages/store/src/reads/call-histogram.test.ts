import { type CallHistogram, groupOfStatus, histogramInput } from "@call-log/model";
import { callRecord, onEachDatabase, type FreshDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test, describe } from "vitest";
import type { z } from "zod";

import type { CallDocument } from "../calls/call-document.ts";
import { openCollections } from "../collections.ts";
import { patientReader } from "../testing/patient-reader.ts";
import type { CallReader } from "./call-reader.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "0d0e6679-7425-40de-944b-e07fc1f90ae7";

type Overrides = Parameters<typeof callRecord>[0];

/** Suite of the calls over time. */
function callHistogramSuite(fresh: () => Promise<FreshDatabase>): void {
  let database: FreshDatabase;
  let client: MongoClient;
  let reader: CallReader;
  const calls = () => client.db(database.databaseName).collection<CallDocument>("callLogs");

  beforeAll(async () => {
    database = await fresh();
    client = await MongoClient.connect(database.uri);
    reader = patientReader(openCollections(client.db(database.databaseName)));
  });
  beforeEach(async () => {
    await calls().deleteMany({});
  });
  afterAll(async () => {
    await client.close();
    await database.close();
  });

  const keep = async (...overrides: Overrides[]) => {
    const records = overrides.map((one) => callRecord(one));
    if (records.length > 0) await calls().insertMany(records);
    return records;
  };
  const histogram = (input: z.input<typeof histogramInput> = {}): Promise<CallHistogram> =>
    reader.histogram({ projectId: PROJECT, ...histogramInput.parse(input) });
  const at = (text: string, status = "Completed") => ({ createdAt: new Date(text), status });

  test("without a call there is no bucket, but those of a span that was asked for", async () => {
    expect(await histogram()).toEqual({ size: null, from: null, to: null, buckets: [] });
    const from = "2026-11-24T03:00:00.000Z";
    const asked = await histogram({ from, to: "2026-11-24T03:02:00Z" });
    expect(asked.buckets.map(({ counts }) => counts)).toEqual([{}, {}]);
    expect(asked.buckets[0]?.from).toBe(from);
  });

  test("calls are counted by the minute, statuses by their group, gaps are empty", async () => {
    await keep(
      at("2026-11-24T03:00:00.000Z"),
      at("2026-11-24T03:00:59.999Z", "Busy"),
      at("2026-11-24T03:00:30.000Z", "No Answer"),
      at("2026-11-24T03:02:00.000Z", "Erfolg"),
      { ...at("2026-11-24T03:01:00.000Z"), projectId: OTHER },
    );
    const { size, to, buckets } = await histogram();
    expect(size).toBe("minute");
    expect(to).toBe("2026-11-24T03:03:00.000Z");
    expect(buckets.map(({ counts }) => counts)).toEqual([
      { reached: 1, "not-reached": 2 },
      {},
      { other: 1 },
    ]);
  });

  test("a day is one of the zone, also where the clock is put back", async () => {
    await keep(
      at("2026-10-24T21:59:59Z"),
      at("2026-10-24T22:30:00Z"),
      at("2026-10-25T22:59:59Z"),
      at("2026-10-25T23:00:00Z"),
    );
    const { size, buckets } = await histogram({ buckets: 3, timeZone: "europe/berlin" });
    expect(size).toBe("day");
    expect(buckets.map(({ counts }) => counts.reached)).toEqual([1, 2, 1]);
  });

  test("only what the query finds is counted, and only within the span", async () => {
    await keep(
      at("2026-11-24T03:00:00Z", "Busy"),
      at("2026-11-24T04:00:00Z", "Busy"),
      at("2026-11-24T04:00:00Z"),
      at("2026-11-24T05:00:00Z", "Busy"),
    );
    const { buckets } = await histogram({
      query: { status: "Busy" },
      from: "2026-11-24T03:00:01Z",
      to: "2026-11-24T05:00:00Z",
    });
    const all = buckets.flatMap(({ counts }) => Object.values(counts));
    expect(all).toEqual([1]);
  });

  test("every call is in the bucket of its time, whatever the span, the size and the zone", async () => {
    const start = Date.UTC(2026, 9, 20);
    const anyCall = fc.record({
      createdAt: fc.oneof(
        fc.integer({ min: 0, max: 3_600_000 }),
        fc.integer({ min: 0, max: 86_400_000 * 9 }),
        fc.integer({ min: 0, max: 86_400_000 * 4000 }),
      ),
      status: fc.constantFrom("Completed", "Busy", "Unknown", "", "__proto__"),
    });
    const most = fc.integer({ min: 1, max: 120 });
    const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu");
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyCall, { minLength: 1, maxLength: 20 }),
        most,
        zone,
        async (some, count, timeZone) => {
          await calls().deleteMany({});
          const kept = await keep(
            ...some.map(({ createdAt, status }) => ({
              createdAt: new Date(start + createdAt),
              status,
            })),
          );
          const { buckets, to } = await histogram({ buckets: count, timeZone });
          expect(buckets.length).toBeLessThanOrEqual(count);
          const ends = [...buckets.slice(1).map(({ from }) => from), to!];
          for (const [index, { from, counts }] of buckets.entries()) {
            const inside = kept.filter(
              ({ createdAt }) =>
                createdAt.toISOString() >= from && createdAt.toISOString() < ends[index]!,
            );
            const expected: Record<string, number> = {};
            for (const { status } of inside)
              expected[groupOfStatus(status)] = (expected[groupOfStatus(status)] ?? 0) + 1;
            expect(counts).toEqual(expected);
          }
          const counted = buckets.flatMap(({ counts }) => Object.values(counts));
          expect(counted.reduce((sum, one) => sum + one, 0)).toBe(kept.length);
        },
      ),
      { numRuns: databaseRuns(25) },
    );
  });
}

onEachDatabase((server, fresh) => {
  describe(`on ${server}`, () => {
    callHistogramSuite(fresh);
  });
});
