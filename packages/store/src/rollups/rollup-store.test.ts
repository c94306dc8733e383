import { CALL_STATUS_NAMES, isFinalStatus, queryInput } from "@call-log/model";
import {
  callRecord,
  databaseRuns,
  type FreshDatabase,
  onEachDatabase,
  TEST_SERVER_FAULTS,
} from "@call-log/testing";
import { type CommandStartedEvent, type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { openCollections } from "../collections.ts";
import { connectStore } from "../connect-store.ts";
import { scoped } from "../queries/read-scope.ts";
import type { Store } from "../store.ts";
import { patientReader } from "../testing/patient-reader.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
// Years ahead, so that no server deletes anything by its own clock.
const NOW = Date.UTC(2041, 4, 20, 10, 30);
// The middle of an hour before NOW is the limit of two periods.
const MIDDLE = TEST_SERVER_FAULTS.fromOnDescendingIndex ? 0.49 : 0.5;
const FINAL = CALL_STATUS_NAMES.filter(isFinalStatus);

/** How the sums behind counts must be kept on every database. */
function rollupStoreSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`sums on ${name}`, () => {
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
    const ended = (hours: number, status = "Completed") => {
      const createdAt = ago(hours);
      const times = { createdAt, updatedAt: createdAt };
      const { wakeAt: _, ...record } = callRecord({ projectId, status, ...times });
      return record;
    };
    /** A log of calls, evenly spread over the hours before now, those beyond three hours summed. */
    const filled = async (calls: number, hours: number) => {
      await store.calls.insertMany(
        Array.from({ length: calls }, (_, n) =>
          ended(((n + MIDDLE) * hours) / calls, FINAL[n % FINAL.length]),
        ),
      );
      clock = new Date(NOW + 6 * 60_000);
      await build();
    };
    const build = () => store.rollups.build({ budgetMs: 60_000, minNewCalls: 1 });
    const collections = () => openCollections(client.db(database.databaseName));
    const newReader = () => patientReader(collections(), { now: () => clock });
    const count = async (query: object, reader = newReader()) => {
      commands.length = 0;
      const { count: counted } = await reader.count({ projectId, query: queryInput.parse(query) });
      return counted;
    };
    const plain = (query: object) =>
      collectionsOf(store).callLogs.countDocuments(scoped(projectId, queryInput.parse(query)));
    /** How many calls the counts of the last question looked at. */
    const looked = async () => {
      const matches = commands.flatMap(({ command }) => matchesOf(command));
      const numbers = matches.map((match) => collectionsOf(store).callLogs.countDocuments(match));
      return (await Promise.all(numbers)).reduce((all, number) => all + number, 0);
    };

    test("everything, a status, a range or both are counted in few commands that look at the edges only", async () => {
      const last600 = { $gte: ago(600.2) };
      const questions: Record<string, { query: object; commands: number; looked: number }> = {
        everything: { query: {}, commands: 2, looked: 2 },
        "a status": { query: { status: "Busy" }, commands: 2, looked: 1 },
        "a range": {
          query: { createdAt: { ...last600, $lt: ago(50.3) } },
          commands: 3,
          looked: 3,
        },
        both: {
          query: { status: ["Busy", "Failed"], createdAt: last600 },
          commands: 3,
          looked: 2,
        },
      };
      await filled(700, 700);
      for (const [what, { query, ...most }] of Object.entries(questions)) {
        const expected = await plain(query);
        expect(expected, what).toBeGreaterThan(50);
        const reader = newReader();
        expect(await count(query, reader), what).toBe(expected);
        expect(commands.length, what).toBeLessThanOrEqual(most.commands);
        expect(await looked(), what).toBeLessThanOrEqual(most.looked);
        expect(await count(query, reader), what).toBe(expected);
        expect(commands.length, what).toBe(1);
        expect(await looked(), what).toBeLessThanOrEqual(most.looked);
      }
    });

    test("sums are read once for all who ask at the same moment", async () => {
      await filled(700, 700);
      const expected = await plain({});
      const reader = newReader();
      commands.length = 0;
      const ask = () => reader.count({ projectId, query: queryInput.parse({}) });
      const counts = await Promise.all(Array.from({ length: 20 }, ask));
      expect(new Set(counts.map((one) => one.count))).toEqual(new Set([expected]));
      const reads = commands.filter(({ command }) => command["find"] === "periodSums");
      expect(reads).toHaveLength(1);
    });

    test("what is remembered is not used once a sum was taken away", async () => {
      await filled(100, 100);
      const reader = newReader();
      const before = await count({}, reader);
      await store.calls.insertMany([ended(50)]);
      expect(await count({}, reader)).toBe(before + 1);
      await store.projects.update(projectId, { retentionDays: 1 });
      await collectionsOf(store).callLogs.deleteMany({ createdAt: { $lt: ago(24) } });
      expect(await count({}, reader)).toBe(await plain({}));
    });

    test("what is remembered is not used longer than its calls are kept", async () => {
      await store.projects.update(projectId, { retentionDays: 1 });
      await filled(20, 20);
      const reader = newReader();
      expect(await count({}, reader)).toBe(20);
      clock = new Date(NOW + DAY_MS - HOUR_MS);
      await collectionsOf(store).callLogs.deleteMany({ expireAt: { $lte: clock } });
      const left = await plain({});
      expect(left).toBeLessThan(20);
      expect(await count({}, reader)).toBe(left);
    });

    test("open calls are counted as they stand, in the same command", async () => {
      const held = callRecord({ projectId, status: "Unknown", createdAt: ago(900) });
      await store.calls.insert(held);
      await filled(100, 1000);
      const before = await plain({ status: "Failed" });
      const reader = newReader();
      expect(await count({ status: "Failed" }, reader)).toBe(before);
      expect(commands.length).toBeLessThanOrEqual(2);
      const { wakeAt: _, ...over } = held;
      await store.calls.replace({ ...over, status: "Failed" });
      expect(await count({ status: "Failed" }, reader)).toBe(before + 1);
      expect(commands.length).toBe(1);
    });

    test("a batch that died after it was announced is not summed for a while, then it is", async () => {
      await filled(50, 100);
      const late = [ended(30), ended(31)];
      await store.rollups.announce(late);
      await build();
      await collectionsOf(store).callLogs.insertMany(late);
      expect(await count({})).toBe(52);
      clock = new Date(NOW + HOUR_MS);
      await build();
      expect(await count({})).toBe(52);
      expect(await looked()).toBeLessThan(5);
    });

    test("a shorter retention takes sums away that would hold for too long", async () => {
      await store.projects.update(projectId, { retentionDays: 90 });
      const record = ended(50);
      await store.calls.insert(record);
      clock = new Date(NOW + HOUR_MS);
      await build();
      expect(await count({})).toBe(1);
      expect(await looked()).toBe(0);
      await store.projects.update(projectId, { retentionDays: 1 });
      await store.calls.replace(record);
      clock = new Date(NOW + 2 * DAY_MS);
      await collectionsOf(store).callLogs.deleteMany({ expireAt: { $lte: clock } });
      expect(await count({})).toBe(0);
    });

    test("an audit finds what was deleted by hand, and the sum is made anew", async () => {
      await filled(200, 48);
      const { deletedCount } = await collectionsOf(store).callLogs.deleteOne({
        createdAt: { $lt: ago(20) },
      });
      expect(deletedCount).toBe(1);
      expect(await count({})).toBe(200);
      for (let round = 0; round < 200 && (await count({})) === 200; round += 1)
        await store.rollups.verify();
      expect(await count({})).toBe(199);
      await build();
      expect(await count({})).toBe(199);
      expect(await looked()).toBeLessThan(20);
    });

    test("of an hour with too many open calls, the total is known, and the statuses once they have ended", async () => {
      const open = Array.from({ length: 201 }, () =>
        callRecord({ projectId, status: "Queued", createdAt: ago(30) }),
      );
      await store.calls.insertMany(open);
      await filled(50, 100);
      expect(await count({})).toBe(251);
      expect(await looked()).toBeLessThan(5);
      expect(await count({ status: "Queued" })).toBe(201);
      expect(await looked()).toBe(201);
      const busy = await plain({ status: "Busy" });
      expect(await count({ status: "Busy" })).toBe(busy);
      await collectionsOf(store).callLogs.updateMany(
        { status: "Queued" },
        { $set: { status: "Busy" } },
      );
      expect(await count({ status: "Busy" })).toBe(busy + 201);
      clock = new Date(NOW + HOUR_MS);
      await build();
      expect(await count({})).toBe(251);
      expect(await looked()).toBeLessThan(5);
      expect(await count({ status: "Busy" })).toBe(busy + 201);
      expect(await looked()).toBeLessThan(5);
    });

    test("a total of an hour with too many open calls is not used longer than its calls are kept", async () => {
      await store.projects.update(projectId, { retentionDays: 1 });
      const open = Array.from({ length: 201 }, () =>
        callRecord({ projectId, status: "Queued", createdAt: ago(20) }),
      );
      await store.calls.insertMany([...open, ended(20)]);
      clock = new Date(NOW + 6 * 60_000);
      await build();
      expect(await count({})).toBe(202);
      expect(await looked()).toBe(0);
      clock = new Date(NOW + 4 * HOUR_MS);
      await collectionsOf(store).callLogs.deleteMany({ expireAt: { $lte: clock } });
      expect(await count({})).toBe(201);
    });

    test("a total of an hour with too many open calls is an expired sum to an older release", async () => {
      const open = Array.from({ length: 201 }, () =>
        callRecord({ projectId, status: "Queued", createdAt: ago(30) }),
      );
      await store.calls.insertMany(open);
      await build();
      const pages = await collectionsOf(store).periodSums.find({ projectId }).toArray();
      const sums = pages.flatMap((page) => Object.values(page.sums ?? {}));
      const crowded = sums.filter(({ total }) => total === 201);
      expect(crowded.map(({ validUntil }) => validUntil)).toEqual(
        ["hour", "day"].map(() => new Date(0)),
      );
    });

    test("an audit finds a wrong total of an hour with too many open calls", async () => {
      const open = Array.from({ length: 201 }, () =>
        callRecord({ projectId, status: "Queued", createdAt: ago(30) }),
      );
      await store.calls.insertMany(open);
      await build();
      await collectionsOf(store).callLogs.deleteOne({ _id: open[0]!._id });
      expect(await count({})).toBe(201);
      for (let round = 0; round < 200 && (await count({})) === 201; round += 1)
        await store.rollups.verify();
      expect(await count({})).toBe(200);
    });

    test("while all write, sum and count at once, a count is one of a moment in it", async () => {
      await filled(300, 200);
      const stop = { at: databaseRuns(40) };
      const asked = { createdAt: { $gte: ago(150) } };
      const write = async () => {
        for (let n = 0; n < stop.at; n += 1)
          await store.calls.insertMany([ended(3 + ((n * 37) % 140)), ended(0)]);
      };
      const sum = async () => {
        for (let n = 0; n < stop.at; n += 1) {
          clock = new Date(clock.getTime() + 60_000);
          await build();
        }
      };
      const ask = async () => {
        const wrong: number[][] = [];
        for (let n = 0; n < stop.at; n += 1) {
          const before = await plain(asked);
          const reader = patientReader(collectionsOf(store), { now: () => clock });
          const query = queryInput.parse(asked);
          const { count: counted } = await reader.count({ projectId, query });
          const after = await plain(asked);
          // What is being inserted may not be counted before it is acknowledged.
          if (counted < before - 2 || counted > after) wrong.push([before, counted, after]);
        }
        return wrong;
      };
      const [, , wrong] = await Promise.all([write(), sum(), ask()]);
      expect(wrong).toEqual([]);
      expect(await count(asked)).toBe(await plain(asked));
    });
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

onEachDatabase(rollupStoreSuite);
