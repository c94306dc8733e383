import {
  FIGURE_DIMENSIONS,
  figuresInput,
  histogramInput,
  isFinalStatus,
  mergedFigures,
  STATS_DIMENSIONS,
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
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import { scoped } from "../queries/read-scope.ts";
import { EVER } from "../queries/times-asked-for.ts";
import { readHistogram } from "../reads/call-histogram.ts";
import { readStats } from "../reads/call-stats.ts";
import { readFigures } from "../reads/figures/read-figures.ts";
import { findSparse } from "../reads/sparse-page.ts";
import type { Store } from "../store.ts";
import { patientReader } from "../testing/patient-reader.ts";
import { createFigureLogs } from "./figure-log.ts";

/** Calls are looked for by figures wherever there are any. */
const EVERYWHERE = { oneIn: 0, of: 0 };
const MINUTE_MS = 60_000;
const DAY_MIN = 1440;
// Years ahead, so that no server deletes anything by its own clock; some hours into a month.
const START = Date.UTC(2041, 3, 1, 5, 40);
/** Everything in one answer, call by call. */
const PLAIN = { maxTimeMS: 60_000, calls: 1_000_000, sliceMs: 60_000 };

/** Minutes: most calls are of the last day, which is kept by hours; some of the hour that is not summed, or long before. */
const anAge = fc.oneof(
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: DAY_MIN }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 40 * DAY_MIN }) },
);
const aCall = fc.record({
  age: anAge,
  status: fc.constantFrom("Completed", "Completed", "Busy", "Queued"),
  provider: fc.constantFrom("twilio", "telnyx", "", undefined),
  answeredBy: fc.constantFrom("human" as const, "machine" as const, undefined),
  toNumber: fc.constantFrom("+14165550100", "+4930123456", "unparsable"),
  cents: fc.nat(99),
  attemptCount: fc.nat(2),
  times: fc.subarray(["acknowledgedAt", "deadlineAt"] as const),
  isPending: fc.boolean(),
  // Without attempts where it is none.
  talkSeconds: fc.nat(TEST_SERVER_FAULTS.pathThroughList ? 0 : 9),
  tags: fc.subarray(["night", "team-1", ""]),
});
const which = fc.nat(99);
const act = <A extends string>(name: A) => fc.constant(name);

/** What may happen to the figures of a log that is summed; times are in minutes. */
const aStep = fc.oneof(
  fc.record({ act: act("price"), which, cents: fc.nat(99), isLast: fc.boolean() }),
  fc.record({ act: act("end"), which, status: fc.constantFrom("Completed", "Busy") }),
  fc.record({ act: act("import"), calls: fc.array(aCall, { minLength: 1, maxLength: 3 }) }),
  fc.record({ act: act("keep for"), days: fc.constantFrom(2, 30, null) }),
  fc.record({ act: act("expire") }),
  fc.record({ act: act("wait"), minutes: fc.constantFrom(1, 7, 70, 3 * DAY_MIN) }),
);

type Step = typeof aStep extends fc.Arbitrary<infer S> ? S : never;
type GivenCall = typeof aCall extends fc.Arbitrary<infer C> ? C : never;

const minutesAfterStart = (minutes: number) => new Date(START + minutes * MINUTE_MS).toISOString();
/** By what is kept, and by ranges that begin and end within what is kept: at a quarter of an hour, and anywhere. */
const aQuery = fc.constantFrom(
  {},
  { status: "Busy" },
  { provider: "twilio" },
  { provider: { $ne: "telnyx" } },
  { provider: { _type: "NotEqual", value: "telnyx" } },
  { provider: null },
  { answeredBy: { _type: "EqualToOrNull", value: "machine" } },
  { "attempts.outcome": "busy", status: { $nin: ["Queued"] } },
  { $or: [{ status: "Busy" }, { answeredBy: "machine" }] },
  { answeredBy: { $not: { $in: ["human"] } }, createdAt: { $lt: minutesAfterStart(-200) } },
  { acknowledgedAt: { _type: "NotNull" } },
  { deadlineAt: { _type: "GreaterThanOrNull", value: minutesAfterStart(-600) } },
  { attemptCount: { $gt: 1 } },
  { attemptCount: { _type: "LessThanOrNull", value: 1 }, acknowledgedAt: null },
  { callCostInUSDCents: { $gt: 0.5 } },
  { callCostInUSDCents: { $not: { $gte: 0.95 } } },
  { $or: [{ callCostInUSDCents: { $lt: 0.1 } }, { attemptCount: 2 }] },
  { callCostInUSDCents: { $lte: 0.3 }, createdAt: { $gte: minutesAfterStart(5 - 8 * 60) } },
  { tags: "night" },
  { tags: "night", status: "Busy" },
  { tags: "night", callCostInUSDCents: { $gte: 0.4 } },
  { tags: "", createdAt: { $gte: minutesAfterStart(7 - 35 * DAY_MIN) } },
  { createdAt: { $gte: minutesAfterStart(5 - 8 * 60) } },
  { createdAt: { $gte: minutesAfterStart(7 - 35 * DAY_MIN), $lt: minutesAfterStart(-99) } },
);
const aQuestion = fc.record({
  query: aQuery,
  by: fc.subarray(
    FIGURE_DIMENSIONS.filter((dimension) => dimension !== "person"),
    { minLength: 1, maxLength: 2 },
  ),
  statsBy: fc.subarray([...STATS_DIMENSIONS], { minLength: 1, maxLength: 2 }),
  direction: fc.constantFrom(1 as const, -1 as const),
  timeZone: fc.constantFrom("UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"),
  atOnce: fc.constantFrom(2, 1_000_000, 1_000_000),
});

type Question = typeof aQuestion extends fc.Arbitrary<infer Q> ? Q : never;

/** What figures must do on every database. */
function figuresSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`figures on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date(START);
    let projectId: string;

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    const begin = async () => {
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
      clock = new Date(START);
      ({ _id: projectId } = await store.projects.create({ name: "Shop" }));
    };
    const wait = (minutes: number) => {
      clock = new Date(clock.getTime() + minutes * MINUTE_MS);
    };
    const made = ({
      age,
      status,
      isPending,
      cents,
      talkSeconds,
      provider,
      answeredBy,
      toNumber,
      tags,
      attemptCount,
      times,
    }: GivenCall) => {
      const createdAt = new Date(clock.getTime() - age * MINUTE_MS);
      const attempt = anAttempt("", {
        number: 1,
        outcome: status === "Busy" ? "busy" : "reached",
        claimedAt: createdAt,
        answeredAt: new Date(createdAt.getTime() + talkSeconds * 1000),
        durationSeconds: talkSeconds,
      });
      const { wakeAt: _, ...record } = callRecord({
        projectId,
        status,
        createdAt,
        updatedAt: createdAt,
        toNumber,
        tags,
        ...(provider !== undefined && { provider }),
        ...(answeredBy !== undefined && { answeredBy }),
        attempts: talkSeconds === 0 ? [] : [attempt],
        attemptCount,
        ...Object.fromEntries(times.map((name) => [name, createdAt])),
        callCostInUSDCents: cents / 100,
        pricing: isPending ? "pending" : "final",
      });
      return isPending || !isFinalStatus(status) ? { ...record, wakeAt: clock } : record;
    };
    /** Two calls that figures tell apart by their costs alone. */
    const twins = (call: GivenCall) => [made(call), made({ ...call, cents: 99 - call.cents })];
    const oneOf = async (number: number, filter: object) => {
      const found = await collectionsOf(store)
        .callLogs.find({ projectId, ...filter }, { projection: { _id: 1 } })
        .sort({ createdAt: 1, _id: 1 })
        .toArray();
      const id = found[number % Math.max(1, found.length)]?._id;
      return id === undefined ? undefined : store.calls.find(id);
    };
    const build = () => store.rollups.build({ budgetMs: 60_000, minNewCalls: 1 });

    async function perform(step: Step): Promise<void> {
      switch (step.act) {
        case "price": {
          const record = await oneOf(step.which, { status: { $nin: ["Queued"] } });
          if (record === undefined) break;
          const { wakeAt: _, ...rest } = record;
          const priced = { ...rest, callCostInUSDCents: step.cents / 100 };
          await store.calls.replace(
            step.isLast
              ? { ...priced, pricing: "final" }
              : { ...priced, pricing: "pending", wakeAt: clock },
          );
          break;
        }
        case "end": {
          const record = await oneOf(step.which, { status: "Queued" });
          if (record === undefined) break;
          const { wakeAt: _, ...rest } = record;
          await store.calls.replace({ ...rest, status: step.status, pricing: "final" });
          break;
        }
        case "import":
          await store.calls.insertMany(step.calls.flatMap(twins));
          break;
        case "keep for":
          await store.projects.update(projectId, { retentionDays: step.days });
          break;
        case "expire":
          // A database whose clock is ahead.
          await collectionsOf(store).callLogs.deleteMany({
            expireAt: { $lte: new Date(clock.getTime() + 5 * MINUTE_MS) },
          });
          break;
        case "wait":
          wait(step.minutes);
      }
    }

    async function expectExact(question: Question) {
      const { query, by, statsBy, direction, timeZone, atOnce } = question;
      const { callLogs } = collectionsOf(store);
      const ask = (cursor?: string) => ({
        projectId,
        ...figuresInput.parse({ query, by, timeZone, ...(cursor !== undefined && { cursor }) }),
      });
      const openLog = createFigureLogs({
        collections: collectionsOf(store),
        now: () => clock,
        timeLimitMs: PLAIN.maxTimeMS,
      });
      const reader = patientReader(collectionsOf(store), {
        now: () => clock,
        figuresAtOnce: atOnce,
      });
      let figures = await reader.figures(ask());
      while (figures.nextCursor !== undefined)
        figures = mergedFigures(figures, await reader.figures(ask(figures.nextCursor)));
      expect(figures).toEqual(await readFigures(callLogs, ask(), PLAIN));
      if (atOnce < PLAIN.calls) return;
      const sums = { projectId, ...statsInput.parse({ query, by: statsBy, timeZone }) };
      expect(await reader.stats(sums)).toEqual(await readStats(callLogs, sums, PLAIN));
      const matching = scoped(projectId, sums.query);
      expect(await reader.count(sums)).toEqual({ count: await callLogs.countDocuments(matching) });
      const options = { sort: { createdAt: direction, _id: direction }, limit: 3 } as const;
      const expected = await callLogs.find(matching, options).toArray();
      const search = { ...sums, matching, range: EVER, direction, options };
      const found = await findSparse({ calls: callLogs, openLog, sparseness: EVERYWHERE }, search);
      expect(found ?? expected).toEqual(expected);
      const bars = { projectId, ...histogramInput.parse({ query, timeZone, buckets: 40 }) };
      expect(await reader.histogram(bars)).toEqual(await readHistogram(callLogs, bars, PLAIN));
    }

    test("are exact whatever happens to what they were made of", async () => {
      const course = fc.record({
        // More than are listed, or none.
        waiting: fc.constantFrom(0, 0, 210),
        calls: fc.array(aCall, { minLength: 5, maxLength: 15, size: "max" }),
        // Each is followed by a question at once, and by one after a round of summing.
        steps: fc.array(fc.tuple(aStep, aQuestion, aQuestion), {
          minLength: 4,
          maxLength: 8,
          size: "max",
        }),
      });
      await fc.assert(
        fc.asyncProperty(course, async ({ waiting, calls, steps }) => {
          await begin();
          const [first] = calls;
          const crowd = Array<GivenCall>(waiting).fill({ ...first!, age: 200, status: "Queued" });
          await store.calls.insertMany([...crowd.map(made), ...calls.flatMap(twins)]);
          for (let round = 0; round < 2; round += 1) {
            wait(16);
            await build();
          }
          for (const [step, atOnce, afterwards] of steps) {
            await perform(step);
            await expectExact(atOnce);
            wait(1);
            await build();
            await expectExact(afterwards);
          }
          expect((await store.rollups.verify())?.wrong ?? []).toEqual([]);
        }),
        // Shrinking would outlast the test.
        { numRuns: databaseRuns(5), endOnFailure: true },
      );
    });
  });
}

onEachDatabase(figuresSuite);
