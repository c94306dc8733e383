import { figuresInput, histogramInput, statsInput } from "@call-log/model";
import { callRecord, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { type CommandStartedEvent, type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { openCollections } from "../collections.ts";
import { connectStore } from "../connect-store.ts";
import { scoped } from "../queries/read-scope.ts";
import { readHistogram } from "../reads/call-histogram.ts";
import { readStats } from "../reads/call-stats.ts";
import { readFigures } from "../reads/figures/read-figures.ts";
import type { Store } from "../store.ts";
import { patientReader } from "../testing/patient-reader.ts";
import { parentOf } from "./period.ts";
import { createRollupStore } from "./rollup-store.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
// Years ahead, so that no server deletes anything by its own clock.
const NOW = Date.UTC(2041, 4, 20, 10, 30);
/** Everything in one answer, call by call. */
const PLAIN = { maxTimeMS: 60_000, calls: 1_000_000, sliceMs: 60_000 };

/** How the figures of tags must be kept on every database. */
function keptTagFiguresSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`kept figures of tags on ${name}`, () => {
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
    const call = (hours: number, tags: string[]) => {
      const times = { createdAt: ago(hours), updatedAt: ago(hours) };
      const facts = { status: "Busy", provider: "twilio", callCostInUSDCents: 1.4 };
      const { wakeAt: _, ...record } = callRecord({ projectId, ...times, ...facts, tags });
      return record;
    };
    const build = () => store.rollups.build({ budgetMs: 60_000, minNewCalls: 1 });
    const later = (ms: number) => {
      clock = new Date(clock.getTime() + ms);
    };
    /** 600 calls over 600 hours, all but the last one summed; each has the tag "night", and one of its own. */
    const filled = async (ownTag: (n: number) => string = (n) => `team-${n % 3}`) => {
      const calls = Array.from({ length: 600 }, (_, n) => call(n + 0.6, ["night", ownTag(n)]));
      await store.calls.insertMany(calls);
      await build();
      return calls;
    };
    /** How many calls the finds and aggregations since then may have looked at. */
    const looked = async () => {
      const { callLogs } = collectionsOf(store);
      const filters = commands.flatMap(({ command }) => filtersOf(command));
      const numbers = await Promise.all(filters.map((filter) => callLogs.countDocuments(filter)));
      return numbers.reduce((all, number) => all + number, 0);
    };
    /** Stats, figures, histogram and count, checked against plain ones, and how many calls they may have looked at. */
    const asked = async (query: object, timeZone = "Europe/Berlin") => {
      const { callLogs } = collectionsOf(store);
      const kept = patientReader(openCollections(client.db(database.databaseName)), {
        now: () => clock,
      });
      const stats = { projectId, ...statsInput.parse({ query, by: ["day", "status"], timeZone }) };
      const figures = { projectId, ...figuresInput.parse({ query, by: ["day"], timeZone }) };
      const bars = { projectId, ...histogramInput.parse({ query, buckets: 40, timeZone }) };
      commands.length = 0;
      const answers = [
        await kept.stats(stats),
        await kept.figures(figures),
        await kept.histogram(bars),
        await kept.count({ projectId, query: bars.query }),
      ];
      const read = await looked();
      expect(answers).toEqual([
        await readStats(callLogs, stats, PLAIN),
        await readFigures(callLogs, figures, PLAIN),
        await readHistogram(callLogs, bars, PLAIN),
        { count: await callLogs.countDocuments(scoped(projectId, bars.query)) },
      ]);
      return { calls: (await kept.stats(stats)).total.calls, looked: read };
    };
    const askedByTag = async (query: object = {}) => {
      const stats = { projectId, ...statsInput.parse({ query, by: ["tag", "status"] }) };
      const kept = patientReader(openCollections(client.db(database.databaseName)), {
        now: () => clock,
      });
      commands.length = 0;
      const { groups, total } = await kept.stats(stats);
      const read = await looked();
      expect({ groups, total }).toEqual(
        await readStats(collectionsOf(store).callLogs, stats, PLAIN),
      );
      return { groups: groups.tag ?? [], total, looked: read };
    };

    test("a tag, also beside times, statuses and providers, looks at few calls", async () => {
      await filled();
      const times = { createdAt: { $gte: ago(500.2), $lt: ago(50.3) } };
      for (const [query, calls] of [
        [{ tags: "night" }, 600],
        [{ tags: ["team-1"] }, 200],
        [{ tags: "of no call" }, 0],
        [{ tags: "team-1", status: "Busy", provider: "twilio" }, 200],
        [{ tags: "night", ...times }, 450],
      ] as const)
        expect(await asked(query)).toMatchObject({ calls, looked: expect.toSatisfy(isFew) });
    });

    test("a day of a zone that is ahead by half an hour looks at the calls of one hour of it", async () => {
      await filled();
      const { calls, looked: read } = await asked({ tags: "night" }, "Asia/Kolkata");
      expect(calls).toBe(600);
      // Three questions of 25 days.
      expect(read).toBeLessThan(3 * 25 + 10);
    });

    test("groups by tag look at few calls, and a call with two tags counts once in the total", async () => {
      await filled();
      await store.calls.insertMany([call(300.2, [])]);
      await build();
      const { groups, total, looked: read } = await askedByTag();
      expect(total).toMatchObject({ calls: 601 });
      expect(groups.map(({ key, calls }) => [key, calls])).toEqual([
        ["night", 600],
        ["team-0", 200],
        ["team-1", 200],
        ["team-2", 200],
        ["", 1],
      ]);
      expect(read).toBeLessThan(8);
      expect((await askedByTag({ tags: "team-1" })).total.calls).toBe(200);
    });

    test("where many calls have a tag of their own, frequent tags are told, and others cost what they find", async () => {
      await filled((n) => (n < 300 ? "team" : `order ${n} ${"x".repeat(400)}`));
      expect(await asked({ tags: "night" })).toMatchObject({
        calls: 600,
        looked: expect.toSatisfy(isFew),
      });
      const rare = `order 550 ${"x".repeat(400)}`;
      expect(await asked({ tags: rare })).toMatchObject({
        calls: 1,
        looked: expect.toSatisfy(isFew),
      });
      expect((await askedByTag()).groups).toHaveLength(302);
    });

    test("a price that comes late is in the figures at once, and soon read from kept ones again", async () => {
      const calls = await filled();
      later(10 * MINUTE_MS);
      await store.calls.replace({ ...calls[301]!, callCostInUSDCents: 99 });
      const cost = async () => {
        const { groups } = await askedByTag();
        return groups.find(({ key }) => key === "team-1")?.costInUSDCents;
      };
      expect(await cost()).toBe(377.6);
      for (let round = 0; round < 2; round += 1) {
        await build();
        later(10 * MINUTE_MS);
      }
      expect(await cost()).toBe(377.6);
      expect((await asked({ tags: "team-1" })).looked).toBeLessThan(12);
    });

    test("figures of an older release get those of their tags in the background", async () => {
      await filled();
      await collectionsOf(store).periodSums.updateMany({}, { $unset: { tagFigures: "" } });
      expect((await asked({ tags: "night" })).looked).toBeGreaterThan(1500);
      later(MINUTE_MS);
      expect(await store.rollups.build({ budgetMs: 0, minNewCalls: 1 })).toBe(false);
      await askedByTag();
      await build();
      expect((await asked({ tags: "night" })).looked).toSatisfy(isFew);
    });

    test("no tag is kept longer than the calls that have it", async () => {
      const kept = async () => {
        const pages = await collectionsOf(store).periodSums.find().toArray();
        return JSON.stringify(pages.map(({ tagFigures }) => tagFigures));
      };
      await store.projects.update(projectId, { retentionDays: 2 });
      await store.calls.insertMany([call(30.6, ["of two days"]), call(3.6, ["night"])]);
      later(HOUR_MS);
      await build();
      expect(await kept()).toContain("of two days");
      clock = new Date(NOW + 20 * HOUR_MS);
      await collectionsOf(store).callLogs.deleteMany({ expireAt: { $lte: clock } });
      await build();
      expect(await kept()).not.toContain("of two days");
      expect(await kept()).toContain("night");
      await store.projects.update(projectId, { retentionDays: null });
      expect(await kept()).not.toContain("night");
    });

    test.each(["2041-04-30T12", "2041-04-30", "2041-04"])(
      "an audit finds wrong figures of a tag of %s, which are made again",
      async (period) => {
        await filled();
        // The only project, the first of its months, the last day, the thirteenth hour.
        const choices = [0, 0, 0.99, 0.5];
        const random = () => choices.shift() ?? 0;
        const collections = collectionsOf(store);
        const rollups = createRollupStore({ collections, now: () => clock, random });
        const _id = `${projectId}|${period.includes("-30") ? parentOf(period) : ""}`;
        const page = await collections.periodSums.findOne({ _id });
        const kept = JSON.parse(page?.tagFigures?.[period]?.cells ?? "") as {
          tags: [string, [number, ...unknown[]][]][];
        };
        kept.tags[0]![1][0]![1] = 9;
        await collections.periodSums.updateOne(
          { _id },
          { $set: { [`tagFigures.${period}.cells`]: JSON.stringify(kept) } },
        );
        expect((await rollups.verify())?.wrong).toContain(period);
        await build();
        expect((await asked({ tags: "night" })).looked).toSatisfy(isFew);
        choices.push(0, 0, 0.99, 0.5);
        expect((await rollups.verify())?.wrong).toEqual([]);
      },
    );
  });
}

/** Of four questions: the calls at the ends of what is kept. */
const isFew = (calls: number) => calls < 12;

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

onEachDatabase(keptTagFiguresSuite);
