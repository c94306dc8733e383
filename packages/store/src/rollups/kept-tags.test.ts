import { queryInput } from "@call-log/model";
import { callRecord, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { type CommandStartedEvent, type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { openCollections } from "../collections.ts";
import { connectStore } from "../connect-store.ts";
import { scoped } from "../queries/read-scope.ts";
import type { Store } from "../store.ts";
import { patientReader } from "../testing/patient-reader.ts";
import { parentOf } from "./period.ts";
import { createRollupStore } from "./rollup-store.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
// Years ahead, so that no server deletes anything by its own clock.
const NOW = Date.UTC(2041, 4, 20, 10, 30);

/** How counts by tag of closed periods must be kept on every database. */
function keptTagsSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`kept tags on ${name}`, () => {
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
      const { wakeAt: _, ...record } = callRecord({ projectId, status: "Busy", ...times, tags });
      return record;
    };
    const build = () => store.rollups.build({ budgetMs: 60_000, minNewCalls: 1 });
    /** 600 calls over 600 hours, all but the last one summed; each has the tag "night", and one of its own. */
    const filled = async (ownTag: (n: number) => string = (n) => `team-${n % 3}`) => {
      const calls = Array.from({ length: 600 }, (_, n) => call(n + 0.6, ["night", ownTag(n)]));
      await store.calls.insertMany(calls);
      await build();
    };
    const reader = () =>
      patientReader(openCollections(client.db(database.databaseName)), { now: () => clock });
    const plain = (query: object) =>
      collectionsOf(store).callLogs.countDocuments(scoped(projectId, queryInput.parse(query)));
    /** The exact count, checked against a plain one, and how many calls it may have looked at. */
    const count = async (query: object, asked = reader()) => {
      commands.length = 0;
      const { count: counted } = await asked.count({ projectId, query: queryInput.parse(query) });
      expect(counted).toBe(await plain(query));
      const matches = commands.flatMap(({ command }) => matchesOf(command));
      const numbers = await Promise.all(
        matches.map((match) => collectionsOf(store).callLogs.countDocuments(match)),
      );
      return {
        counted,
        looked: numbers.reduce((all, number) => all + number, 0),
        commands: commands.length,
      };
    };

    test("a tag, and a tag and times, are counted in few commands that look at the edges only", async () => {
      await filled();
      const times = { createdAt: { $gte: ago(500.2), $lt: ago(50.3) } };
      for (const [query, calls] of [
        [{ tags: "night" }, 600],
        [{ tags: "team-1" }, 200],
        [{ tags: ["team-1"] }, 200],
        [{ tags: "of no call" }, 0],
        [{ tags: "night", ...times }, 450],
      ] as const) {
        const one = reader();
        const first = await count(query, one);
        expect(first.counted).toBe(calls);
        expect(first.looked).toBeLessThan(4);
        expect(first.commands).toBeLessThanOrEqual(3);
        const again = await count(query, one);
        expect(again.looked).toBeLessThan(4);
        expect(again.commands).toBe(1);
      }
    });

    test("where every call has a tag of its own, frequent tags are told, and others cost what they find", async () => {
      await filled((n) => `order ${n} ${"x".repeat(400)}`);
      const frequent = await count({ tags: "night" });
      expect(frequent.counted).toBe(600);
      expect(frequent.looked).toBeLessThan(4);
      expect((await count({ tags: `order 310 ${"x".repeat(400)}` })).looked).toBeLessThan(2);
    });

    test("a tag is known of hours with any number of open calls", async () => {
      const waiting = Array.from({ length: 450 }, (_, n) =>
        callRecord({
          projectId,
          status: "Scheduled",
          createdAt: ago(300.2 + (n % 2)),
          tags: ["night"],
        }),
      );
      await store.calls.insertMany(waiting);
      await filled();
      const found = await count({ tags: "night" });
      expect(found.counted).toBe(1050);
      expect(found.looked).toBeLessThan(4);
      const [first] = waiting;
      const { wakeAt: _, ...over } = first!;
      await store.calls.replace({ ...over, status: "Completed" });
      expect((await count({ tags: "night" })).looked).toBeLessThan(4);
      await store.calls.insertMany([call(300.2, ["night"])]);
      expect((await count({ tags: "night" })).counted).toBe(1051);
    });

    test("sums of an older release get their tags in the background", async () => {
      await filled();
      await collectionsOf(store).periodSums.updateMany({}, { $unset: { tags: "" } });
      expect((await count({ tags: "night" })).looked).toBe(600);
      clock = new Date(NOW + MINUTE_MS);
      while (!(await store.rollups.build({ budgetMs: 0, minNewCalls: 1 }))) {
        await count({ tags: "night" });
      }
      expect((await count({ tags: "night" })).looked).toBeLessThan(4);
    });

    test("what is inserted into the past, deleted by its retention or kept for less is exact", async () => {
      await filled();
      const one = reader();
      await count({ tags: "team-1" }, one);
      await store.calls.insertMany([call(300.2, ["team-1"]), call(301.2, ["team-1", "new"])]);
      expect((await count({ tags: "team-1" }, one)).counted).toBe(202);
      expect((await count({ tags: "new" })).counted).toBe(1);
      await build();
      expect((await count({ tags: "team-1" })).looked).toBeLessThan(4);
      await store.projects.update(projectId, { retentionDays: 1 });
      await collectionsOf(store).callLogs.deleteMany({ createdAt: { $lt: ago(24) } });
      expect((await count({ tags: "night" }, one)).counted).toBe(24);
      clock = new Date(NOW + 6 * MINUTE_MS);
      await build();
      expect((await count({ tags: "night" })).counted).toBe(24);
    });

    test("no tag is kept longer than the calls that have it", async () => {
      const kept = async () => {
        const pages = await collectionsOf(store).periodSums.find().toArray();
        const tags = pages.flatMap((page) => Object.values(page.tags ?? {}));
        return tags.map(({ counts }) => counts).filter((counts) => counts !== "[]");
      };
      await store.projects.update(projectId, { retentionDays: 2 });
      await store.calls.insertMany([call(30.6, ["of two days"]), call(3.6, ["night"])]);
      clock = new Date(NOW + HOUR_MS);
      await build();
      expect(await kept()).toContain('[["of two days",1]]');
      clock = new Date(NOW + 20 * HOUR_MS);
      await collectionsOf(store).callLogs.deleteMany({ expireAt: { $lte: clock } });
      expect(await plain({})).toBe(1);
      await build();
      expect(await kept()).toEqual(['[["night",1]]']);
      await store.projects.update(projectId, { retentionDays: null });
      expect(await kept()).toEqual([]);
    });

    test.each(["2041-04-30T12", "2041-04-30", "2041-04"])(
      "an audit finds wrong tags of %s, which are made again",
      async (period) => {
        await filled();
        // The only project, the first of its months, the last day, the thirteenth hour.
        const choices = [0, 0, 0.99, 0.5];
        const random = () => choices.shift() ?? 0;
        const collections = collectionsOf(store);
        const rollups = createRollupStore({ collections, now: () => clock, random });
        const _id = `${projectId}|${period.includes("-30") ? parentOf(period) : ""}`;
        const wrong = JSON.stringify([["night", 9]]);
        await collections.periodSums.updateOne(
          { _id },
          { $set: { [`tags.${period}.counts`]: wrong } },
        );
        expect((await rollups.verify())?.wrong).toContain(period);
        await build();
        expect((await count({ tags: "night" })).counted).toBe(600);
        choices.push(0, 0, 0.99, 0.5);
        expect((await rollups.verify())?.wrong).toEqual([]);
      },
    );
  });
}

/** What a command that counts looks for among the calls. */
function matchesOf(command: Document): Document[] {
  const stages = (command["pipeline"] ?? []) as Document[];
  const unions = stages.flatMap(({ $unionWith }) => ($unionWith ? [$unionWith as Document] : []));
  return [{ coll: command["aggregate"] as unknown, pipeline: stages }, ...unions]
    .filter(({ coll }) => coll === "callLogs")
    .map(({ pipeline }) => pipeline[0].$match as Document);
}

onEachDatabase(keptTagsSuite);
