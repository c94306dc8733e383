import {
  type CallRecord,
  figuresInput,
  histogramInput,
  listInput,
  queryInput,
  type QueryInput,
  statsInput,
} from "@call-log/model";
import { callRecord, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { type CommandStartedEvent, type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { openCollections } from "../collections.ts";
import { connectStore } from "../connect-store.ts";
import { scoped } from "../queries/read-scope.ts";
import { EVER } from "../queries/times-asked-for.ts";
import { readFigures } from "../reads/figures/read-figures.ts";
import { findSparse } from "../reads/sparse-page.ts";
import type { Store } from "../store.ts";
import { patientReader } from "../testing/patient-reader.ts";
import { createFigureLogs } from "./figure-log.ts";
import { parentOf } from "./period.ts";
import { createRollupStore } from "./rollup-store.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
// Years ahead, so that no server deletes anything by its own clock.
const NOW = Date.UTC(2041, 4, 20, 10, 30);
/** Everything in one answer, call by call. */
const PLAIN = { maxTimeMS: 60_000, calls: 1_000_000, sliceMs: 60_000 };

/** How the figures of closed periods must be kept on every database. */
function keptFiguresSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`kept figures on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let client: MongoClient;
    const commands: CommandStartedEvent[] = [];
    let clock = new Date(NOW);
    let projectId: string;

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
      client = await MongoClient.connect(database.uri, { monitorCommands: true });
      client.on("commandStarted", (event) => commands.push(event));
    });
    beforeEach(async () => {
      clock = new Date(NOW);
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
      ({ _id: projectId } = await store.projects.create({ name: "Shop" }));
    });
    afterAll(async () => {
      await client?.close();
      await store?.close();
      await database?.close();
    });

    const ago = (hours: number) => new Date(NOW - hours * HOUR_MS);
    const call = (hours: number, overrides: Partial<CallRecord> = {}): CallRecord => {
      const times = { createdAt: ago(hours), updatedAt: ago(hours) };
      const facts = { status: "Completed", provider: "twilio", callCostInUSDCents: 1.4 };
      const { wakeAt: _, ...record } = callRecord({ projectId, ...times, ...facts });
      return { ...record, ...overrides };
    };
    const build = () => store.rollups.build({ budgetMs: 60_000, minNewCalls: 1 });
    const later = (ms: number) => {
      clock = new Date(clock.getTime() + ms);
    };
    /** 600 calls over 600 hours, all but the last one summed. */
    const filled = async () => {
      const calls = Array.from({ length: 600 }, (_, n) =>
        call(n + 0.6, n % 3 === 0 ? { status: "Busy" } : {}),
      );
      await store.calls.insertMany(calls);
      await build();
      return calls;
    };
    const reader = () =>
      patientReader(openCollections(client.db(database.databaseName)), { now: () => clock });
    /** How many calls the finds and counts since then may have looked at. */
    const looked = async () => {
      const { callLogs } = collectionsOf(store);
      const filters = commands.flatMap(({ command }) => filtersOf(command));
      const numbers = await Promise.all(filters.map((filter) => callLogs.countDocuments(filter)));
      return numbers.reduce((all, number) => all + number, 0);
    };
    /** Quick is a count that looks at hardly a call. */
    const counted = async (query: QueryInput) => {
      commands.length = 0;
      const { count } = await reader().count({ projectId, query: queryInput.parse(query) });
      return { count, isQuick: (await looked()) < 4 };
    };
    const figures = async (input: object = {}) => {
      const asked = { projectId, ...figuresInput.parse(input) };
      const plain = await readFigures(collectionsOf(store).callLogs, asked, PLAIN);
      commands.length = 0;
      const kept = await reader().figures(asked);
      expect(kept).toEqual(plain);
      return { ...kept, looked: await looked() };
    };

    test("a count by what figures tell apart looks at few calls", async () => {
      await filled();
      // Of the hour that is not summed.
      await store.calls.insertMany([call(0.1)]);
      for (const [query, expected] of [
        [{ provider: "twilio" }, 601],
        [{ provider: { $ne: "twilio" } }, 0],
        [{ provider: { _type: "NotEqual", value: "telnyx" } }, 601],
        [{ provider: null }, 0],
        [{ $nor: [{ status: "Busy" }, { answeredBy: "human" }] }, 401],
      ] as const) {
        expect(await counted(query)).toEqual({ count: expected, isQuick: true });
      }
      // Of the hours where costs lie on both sides, the calls are looked at.
      const dear = { callCostInUSDCents: 250 };
      const others = Array.from({ length: 20 }, (_, n) => [
        call(30 * n + 1.6, dear),
        call(30 * n + 1.6, { ...dear, acknowledgedAt: ago(n), attemptCount: 3 }),
      ]);
      await store.calls.insertMany(others.flat());
      await build();
      for (const [query, expected, isQuick] of [
        [{ callCostInUSDCents: { $lt: 100 } }, 601, false],
        [{ callCostInUSDCents: { $lte: 250 } }, 641, true],
        [{ acknowledgedAt: { _type: "NotNull" } }, 20, true],
        [{ attemptCount: { $gt: 2 } }, 20, true],
      ] as const) {
        expect(await counted(query)).toEqual({ count: expected, isQuick });
        expect(await looked()).toBeLessThan(60);
      }
    });

    test("of a long log whose costs lie on both sides everywhere, few sums are read", async () => {
      const costs = [1, 250].map((callCostInUSDCents) => ({ callCostInUSDCents }));
      const days = Array.from({ length: 125 }, (_, n) => costs.map((cost) => call(24 * n, cost)));
      await store.calls.insertMany(days.flat());
      await build();
      const asked = { projectId, query: queryInput.parse({ callCostInUSDCents: { $gt: 100 } }) };
      commands.length = 0;
      expect(await reader().count(asked)).toEqual({ count: 125 });
      const reads = commands.filter(({ command }) => command["find"] === "periodSums");
      // The whole log, its months, and the days that are read at once.
      expect(reads).toHaveLength(3);
    });

    test.each<[string, object, (n: number) => Partial<CallRecord>]>([
      ["calls", { provider: "telnyx" }, () => ({})],
      [
        "calls with a tag",
        { provider: "telnyx", tags: "night" },
        (n) => (n % 2 === 0 ? { tags: ["night"] } : { provider: "telnyx" }),
      ],
    ])("a page of what few %s have looks only where figures know of some", async (...given) => {
      const [, query, others] = given;
      const isRare = (n: number) => n === 1000 || n === 1900;
      const rare = { provider: "telnyx", tags: ["night"] };
      const calls = Array.from({ length: 2400 }, (_, n) =>
        call(n / 4 + 0.6, isRare(n) ? rare : others(n)),
      );
      await store.calls.insertMany(calls);
      await build();
      const input = listInput.parse({ query });
      const { data, count } = await reader().list({ projectId, input });
      const ids = [calls[1000]?._id, calls[1900]?._id];
      expect({ ids: data.map(({ _id }) => _id), count }).toEqual({ ids, count: 2 });
      const collections = openCollections(client.db(database.databaseName));
      const { callLogs } = collections;
      const limits = { now: () => clock, timeLimitMs: PLAIN.maxTimeMS };
      const openLog = createFigureLogs({ collections, ...limits });
      commands.length = 0;
      const found = await findSparse(
        { calls: callLogs, openLog, sparseness: { oneIn: 20, of: 0 } },
        {
          projectId,
          query: input.query,
          matching: scoped(projectId, input.query),
          range: EVER,
          direction: -1,
          options: { sort: { createdAt: -1 }, limit: 11 },
        },
      );
      expect(found?.map(({ _id }) => _id)).toEqual(ids);
      const ranges = commands.flatMap(({ command }) => {
        const conditions = (command["filter"] as { $and?: Document[] } | undefined)?.$and ?? [];
        return command["find"] === "callLogs"
          ? conditions.filter(({ createdAt }) => createdAt)
          : [];
      });
      const between = await Promise.all(
        ranges.map((range) => callLogs.countDocuments({ projectId, ...range })),
      );
      // Those of the two hours, and of the one that is not summed.
      expect(between.reduce((all, one) => all + one, 0)).toBeLessThan(20);
      expect(between.length).toBeGreaterThanOrEqual(2);
    });

    test("figures, stats and the histogram of a long log look at few of its calls", async () => {
      await filled();
      for (const timeZone of ["UTC", "Europe/Berlin", "Asia/Kathmandu"]) {
        const by = [
          "day",
          "hour",
          "hourOfDay",
          "status",
          "country",
          "provider",
          "outcome",
          "answeredBy",
        ];
        const { total, looked: read } = await figures({ by, timeZone });
        expect(total.calls).toBe(600);
        expect(read).toBeLessThan(4);
      }
      const { total, looked: read } = await figures({
        query: { status: "Busy", provider: "twilio" },
      });
      expect(total.calls).toBe(200);
      expect(read).toBeLessThan(4);
      commands.length = 0;
      const { groups } = await reader().stats({
        projectId,
        ...statsInput.parse({ by: ["day", "status"], timeZone: "Europe/Berlin" }),
      });
      expect(groups.status).toMatchObject([
        { key: "Completed", calls: 400, costInUSDCents: 560 },
        { key: "Busy", calls: 200, costInUSDCents: 280 },
      ]);
      const { size, buckets } = await reader().histogram({
        projectId,
        ...histogramInput.parse({ buckets: 40, timeZone: "Asia/Kathmandu" }),
      });
      expect(size).toBe("day");
      expect(buckets.reduce((all, { counts }) => all + (counts.reached ?? 0), 0)).toBe(400);
      expect(await looked()).toBeLessThan(8);
    });

    test("a price that comes late is in the figures at once, and soon read from kept ones again", async () => {
      const calls = await filled();
      await figures();
      later(10 * MINUTE_MS);
      await store.calls.replace({ ...calls[300]!, callCostInUSDCents: 99 });
      const by = ["day", "provider"];
      const { total, looked: read } = await figures({ by });
      expect(total.costInMicroUSD).toBe(599 * 14_000 + 990_000);
      expect(read).toBeLessThan(8);
      await build();
      expect((await figures({ by })).looked).toBeLessThan(8);
      later(10 * MINUTE_MS);
      await build();
      expect((await figures({ by })).looked).toBeLessThan(8);
    });

    test("calls that are open or await a price are counted as they stand", async () => {
      const open = callRecord({ projectId, status: "Queued", createdAt: ago(200.4) });
      const unpriced = { ...call(100.4, { pricing: "pending" }), wakeAt: ago(-1) };
      await store.calls.insertMany([open, unpriced]);
      await filled();
      expect((await figures({ by: ["status"] })).groups.status).toHaveLength(3);
      later(MINUTE_MS);
      const { wakeAt: _due, ...ended } = { ...open, status: "Failed" as const };
      await store.calls.replace(ended);
      const { wakeAt: _price, ...priced } = { ...unpriced, callCostInUSDCents: 7 };
      await store.calls.replace({ ...priced, pricing: "final" });
      for (let round = 0; round < 3; round += 1) {
        const { total } = await figures({ by: ["status", "hour"], timeZone: "Asia/Kathmandu" });
        expect(total.pricesPending).toBe(0);
        later(6 * MINUTE_MS);
        await build();
      }
      expect((await figures()).looked).toBeLessThan(4);
    });

    test("of an hour with too many open calls to be listed, few are looked at until one changes", async () => {
      const waiting = Array.from({ length: 300 }, () =>
        callRecord({
          projectId,
          status: "Scheduled",
          createdAt: ago(200.4),
          updatedAt: ago(200.4),
        }),
      );
      await store.calls.insertMany(waiting);
      await filled();
      const asked = { by: ["status"] };
      expect((await figures(asked)).groups.status).toMatchObject([{}, { calls: 300 }, {}]);
      expect((await figures(asked)).looked).toBeLessThan(8);
      later(MINUTE_MS);
      await store.calls.replace({ ...waiting[7]!, status: "Queued" });
      expect((await figures(asked)).groups.status).toHaveLength(4);
      later(MINUTE_MS);
      await build();
      // Made again later, as another one of them is likely to change soon.
      expect((await figures(asked)).looked).toBeGreaterThan(300);
      later(16 * MINUTE_MS);
      await build();
      expect((await figures(asked)).groups.status).toHaveLength(4);
      expect((await figures(asked)).looked).toBeLessThan(8);
    });

    test("what is inserted into the past, deleted by its retention or kept for less is exact", async () => {
      await filled();
      await store.calls.insertMany([call(300.2), call(301.2)]);
      expect((await figures({ by: ["day"] })).total.calls).toBe(602);
      await build();
      expect((await figures({ by: ["day"] })).looked).toBeLessThan(4);
      await store.projects.update(projectId, { retentionDays: 1 });
      await collectionsOf(store).callLogs.deleteMany({ createdAt: { $lt: ago(24) } });
      await figures({ by: ["day"] });
      later(6 * MINUTE_MS);
      await build();
      expect((await figures({ by: ["day"] })).total.calls).toBe(24);
    });

    test("figures of another version, or of none, are made again", async () => {
      await filled();
      const { periodSums } = collectionsOf(store);
      await periodSums.updateMany(
        {},
        { $unset: { figures: "", changesSince: "", figuresLookAt: "" } },
      );
      expect((await figures()).looked).toBe(600);
      later(MINUTE_MS);
      await build();
      for await (const { _id, figures: kept } of periodSums.find({ figures: { $exists: true } })) {
        const old = Object.entries(kept ?? {}).map(
          ([part, one]) => [part, { ...one, version: 0, cells: "other" }] as const,
        );
        await periodSums.updateOne({ _id }, { $set: { figures: Object.fromEntries(old) } });
      }
      expect((await figures()).looked).toBe(600);
      later(MINUTE_MS);
      await build();
      expect((await figures()).looked).toBeLessThan(4);
    });

    test.each(["2041-04-30T12", "2041-04-30", "2041-04"])(
      "an audit finds wrong figures of %s, which are made again",
      async (period) => {
        await filled();
        // The only project, the first of its months, the last day, the thirteenth hour.
        const choices = [0, 0, 0.99, 0.5];
        const random = () => choices.shift() ?? 0;
        const rollups = createRollupStore({
          collections: collectionsOf(store),
          now: () => clock,
          random,
        });
        const { periodSums } = collectionsOf(store);
        const _id = `${projectId}|${period.includes("-30") ? parentOf(period) : ""}`;
        const kept = (await periodSums.findOne({ _id }))?.figures?.[period];
        const [first, ...others] = JSON.parse(kept?.cells ?? "") as [unknown[], ...unknown[]];
        const cells = JSON.stringify([first.with(6, 9), ...others]);
        await periodSums.updateOne({ _id }, { $set: { [`figures.${period}.cells`]: cells } });
        expect((await rollups.verify())?.wrong).toContain(period);
        await build();
        expect((await figures({ by: ["day", "hour"] })).total.calls).toBe(600);
        choices.push(0, 0, 0.99, 0.5);
        expect((await rollups.verify())?.wrong).toEqual([]);
      },
    );

    test("an import is counted by sums as soon as it is written", async () => {
      await filled();
      commands.length = 0;
      const asked = { projectId, query: queryInput.parse({ status: "Busy" }) };
      expect(await reader().count(asked)).toEqual({ count: 200 });
      expect(await looked()).toBeLessThan(4);
    });

    test("open calls are not looked at to count those that ended, but those that were changed", async () => {
      const open = Array.from({ length: 50 }, (_, n) =>
        callRecord({ projectId, status: "Queued", createdAt: ago(30.5 + n), updatedAt: ago(30) }),
      );
      await store.calls.insertMany(open);
      await filled();
      const one = reader();
      const count = async () => {
        commands.length = 0;
        const { count: counted } = await one.count({
          projectId,
          query: queryInput.parse({ status: "Failed" }),
        });
        return { counted, looked: await looked() };
      };
      expect(await count()).toMatchObject({ counted: 0 });
      for (let ended = 1; ended <= 3; ended += 1) {
        const { wakeAt: _, ...record } = open[ended * 10]!;
        later(2000);
        await store.calls.replace({ ...record, status: "Failed" });
        const { counted, looked: read } = await count();
        expect(counted).toBe(ended);
        expect(read).toBeLessThan(8);
        later(3 * MINUTE_MS);
        await build();
        expect(await count()).toMatchObject({ counted: ended });
      }
    });
  });
}

/** The filters by which a command searches the calls, without those for one call at an end. */
function filtersOf(command: Document): Document[] {
  if (command["find"] === "callLogs")
    return command["limit"] === 1 ? [] : [command["filter"] as Document];
  const stages = (command["pipeline"] ?? []) as Document[];
  const unions = stages.flatMap(({ $unionWith }) => ($unionWith ? [$unionWith as Document] : []));
  return [{ coll: command["aggregate"] as unknown, pipeline: stages }, ...unions]
    .filter(({ coll }) => coll === "callLogs")
    .map(({ pipeline }) => pipeline[0].$match as Document);
}

onEachDatabase(keptFiguresSuite);
