import {
  type CallStats,
  type CallSums,
  countryOf,
  STATS_DIMENSIONS,
  type StatsGroup,
  statsInput,
} from "@call-log/model";
import {
  anAttempt,
  callRecord,
  databaseRuns,
  type FreshDatabase,
  onEachDatabase,
  TEST_SERVER_FAULTS,
} from "@call-log/testing";
import fc from "fast-check";
import { Collection, MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { z } from "zod";

import type { CallDocument } from "../calls/call-document.ts";
import { openCollections } from "../collections.ts";
import { patientReader } from "../testing/patient-reader.ts";
import type { CallReader } from "./call-reader.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "0d0e6679-7425-40de-944b-e07fc1f90ae7";

type Overrides = Parameters<typeof callRecord>[0];

const anyAttempt = fc
  .record({
    outcome: fc.constantFrom("busy", "reached", undefined),
    durationSeconds: fc.option(
      fc.nat(9000).map((ms) => ms / 1000),
      { nil: undefined },
    ),
  })
  .map(({ outcome, durationSeconds }) =>
    anAttempt("", {
      ...(outcome !== undefined && { outcome: outcome as "busy" }),
      ...(durationSeconds !== undefined && { durationSeconds }),
    }),
  );
const anyCall: fc.Arbitrary<Overrides> = fc.record(
  {
    projectId: fc.constantFrom(PROJECT, PROJECT, OTHER),
    createdAt: fc.date({
      min: new Date("2026-10-24T00:00:00Z"),
      max: new Date("2026-10-27T00:00:00Z"),
      noInvalidDate: true,
    }),
    status: fc.constantFrom("Completed", "Busy", "", "__proto__"),
    toNumber: fc.constantFrom("+14165550100", "+15559998888", "+4930123456", "unparsable"),
    provider: fc.constantFrom("twilio", "simulated"),
    tags: fc.array(fc.constantFrom("a", "b", ""), { maxLength: 4 }),
    answeredBy: fc.constantFrom("human", "machine"),
    attempts: fc.array(anyAttempt, { maxLength: TEST_SERVER_FAULTS.pathThroughList ? 0 : 3 }),
    attemptCount: fc.nat(3),
    callCostInUSDCents: fc.nat(2_000_000).map((micro) => micro / 10_000),
    pricing: fc.constantFrom("pending", "final"),
  },
  { requiredKeys: ["projectId", "createdAt", "callCostInUSDCents"] },
);

/** What a call has of each dimension, told by another way than the database's. */
const KEYS: Record<(typeof STATS_DIMENSIONS)[number], (call: CallDocument) => string[]> = {
  day: ({ createdAt }) => [createdAt.toLocaleDateString("sv", { timeZone: "Europe/Berlin" })],
  status: ({ status }) => [status],
  country: ({ toNumber }) => [countryOf(toNumber) ?? ""],
  provider: ({ provider = "" }) => [provider],
  hour: ({ createdAt }) => [berlinHour(createdAt)],
  outcome({ attempts }) {
    const outcomes = new Set(attempts.flatMap(({ outcome }) => outcome ?? []));
    return outcomes.size === 0 ? [""] : [...outcomes];
  },
  answeredBy: ({ answeredBy = "" }) => [answeredBy],
  tag: ({ tags }) => (tags.length === 0 ? [""] : [...new Set(tags)]),
};

function berlinHour(time: Date): string {
  const [date, clock = ""] = time.toLocaleString("sv", { timeZone: "Europe/Berlin" }).split(" ");
  const format = { timeZone: "Europe/Berlin", timeZoneName: "longOffset" } as const;
  const parts = new Intl.DateTimeFormat("en", format).formatToParts(time);
  const offset = parts.find(({ type }) => type === "timeZoneName")?.value.replace("GMT", "");
  return `${date}T${clock.slice(0, 2)}:00${offset}`;
}

function sumsOf(calls: readonly CallDocument[]): CallSums {
  const sum = (of: (call: CallDocument) => number) => calls.reduce((all, one) => all + of(one), 0);
  return {
    calls: calls.length,
    attempts: sum(({ attemptCount }) => attemptCount),
    talkSeconds:
      sum(({ attempts }) =>
        attempts.reduce((all, one) => all + Math.round((one.durationSeconds ?? 0) * 1000), 0),
      ) / 1000,
    costInUSDCents:
      sum(({ callCostInUSDCents }) => Math.round(callCostInUSDCents * 10_000)) / 10_000,
    pricesPending: sum(({ pricing }) => (pricing === "pending" ? 1 : 0)),
  };
}

function expectedGroups(
  calls: readonly CallDocument[],
  keysOf: (call: CallDocument) => string[],
): StatsGroup[] {
  const keys = [...new Set(calls.flatMap(keysOf))];
  return keys.map((key) => ({
    key,
    ...sumsOf(calls.filter((call) => keysOf(call).includes(key))),
  }));
}

const sortedByKey = (groups: readonly StatsGroup[] | undefined) =>
  groups?.toSorted((a, b) => (a.key < b.key ? -1 : 1));

/** Suite of the sums over call logs. */
function callStatsSuite(fresh: () => Promise<FreshDatabase>): void {
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
  const stats = (input: z.input<typeof statsInput> = {}): Promise<CallStats> =>
    reader.stats({ projectId: PROJECT, ...statsInput.parse(input) });

  test("without a call everything is zero", async () => {
    expect(await stats({ by: ["day", "country"] })).toEqual({
      total: { calls: 0, attempts: 0, talkSeconds: 0, costInUSDCents: 0, pricesPending: 0 },
      groups: { day: [], country: [] },
    });
  });

  test("sums over any calls are those of another way to sum", async () => {
    const by = [...STATS_DIMENSIONS];
    await fc.assert(
      fc.asyncProperty(fc.array(anyCall, { maxLength: 25 }), async (overrides) => {
        await calls().deleteMany({});
        const kept = await keep(...overrides);
        const mine = kept.filter(({ projectId }) => projectId === PROJECT);
        const { total, groups } = await stats({ by, timeZone: "Europe/Berlin" });
        expect(total).toEqual(sumsOf(mine));
        for (const dimension of by) {
          expect(sortedByKey(groups[dimension])).toEqual(
            sortedByKey(expectedGroups(mine, KEYS[dimension])),
          );
        }
      }),
      { numRuns: databaseRuns(25) },
    );
  });

  test("days are in their order, all else by calls", async () => {
    const day = (date: number) => new Date(Date.UTC(2026, 10, date, 12));
    await keep(
      { createdAt: day(3), status: "Busy" },
      { createdAt: day(1), status: "Completed" },
      { createdAt: day(1), status: "Completed" },
      { createdAt: day(2), status: "Busy" },
      { createdAt: day(1), status: "Busy" },
    );
    const { groups } = await stats({ by: ["day", "status"] });
    expect(groups.day?.map(({ key }) => key)).toEqual(["2026-11-01", "2026-11-02", "2026-11-03"]);
    expect(groups.status?.map(({ key, calls: of }) => [key, of])).toEqual([
      ["Busy", 3],
      ["Completed", 2],
    ]);
  });

  test("a day is one of the zone, also where the clock is put back", async () => {
    await keep(
      { createdAt: new Date("2026-10-24T22:30:00Z") },
      { createdAt: new Date("2026-10-25T22:59:59Z") },
      { createdAt: new Date("2026-10-25T23:00:00Z") },
    );
    const { groups } = await stats({ by: ["day"], timeZone: "europe/berlin" });
    expect(groups.day?.map(({ key, calls: of }) => [key, of])).toEqual([
      ["2026-10-25", 2],
      ["2026-10-26", 1],
    ]);
  });

  test("an hour that comes twice is two, in their order", async () => {
    await keep(
      { createdAt: new Date("2026-10-25T01:30:00Z") },
      { createdAt: new Date("2026-10-25T00:30:00Z") },
      { createdAt: new Date("2026-10-25T02:30:00Z") },
    );
    const { groups } = await stats({ by: ["hour"], timeZone: "Europe/Berlin" });
    expect(groups.hour?.map(({ key }) => key)).toEqual([
      "2026-10-25T02:00+02:00",
      "2026-10-25T02:00+01:00",
      "2026-10-25T03:00+01:00",
    ]);
  });

  test("a day is one of the zone, whose name the database need not know", async () => {
    const asked = vi.spyOn(Collection.prototype, "aggregate");
    await keep(
      { createdAt: new Date("2026-10-24T18:14:59Z") },
      { createdAt: new Date("2026-10-24T18:15:00Z") },
    );
    const { groups } = await stats({ by: ["day"], timeZone: "Asia/Kathmandu" });
    const pipelines = JSON.stringify(asked.mock.calls);
    asked.mockRestore();
    expect(groups.day?.map(({ key }) => key)).toEqual(["2026-10-24", "2026-10-25"]);
    expect(pipelines).not.toContain("Asia");
  });

  test("cents with fractions are summed without an error", async () => {
    await keep(...Array.from({ length: 30 }, () => ({ callCostInUSDCents: 0.1 })));
    expect((await stats()).total.costInUSDCents).toBe(3);
  });

  test("only what the query finds is summed", async () => {
    await keep({ status: "Busy" }, { status: "Completed" }, { status: "Busy", projectId: OTHER });
    const { total, groups } = await stats({ query: { status: "Busy" }, by: ["status"] });
    expect(total.calls).toBe(1);
    expect(groups.status?.map(({ key }) => key)).toEqual(["Busy"]);
  });

  test("there are at most 400 groups: those with the most calls, and the latest days", async () => {
    const day = (number: number) => new Date(Date.UTC(2025, 0, 1 + number));
    await keep(
      ...Array.from({ length: 401 }, (_, number) => ({
        createdAt: day(number),
        status: `Status ${number}`,
      })),
      { createdAt: day(400), status: "Status 400" },
    );
    const { groups } = await stats({ by: ["day", "status"] });
    expect(groups.day).toHaveLength(400);
    expect(groups.day?.[0]?.key).toBe("2025-01-02");
    expect(groups.day?.at(-1)).toMatchObject({ key: "2026-02-05", calls: 2 });
    expect(groups.status).toHaveLength(400);
    expect(groups.status?.[0]).toMatchObject({ key: "Status 400", calls: 2 });
  });
}

onEachDatabase((server, fresh) => {
  describe(`on ${server}`, () => {
    callStatsSuite(fresh);
  });
});
