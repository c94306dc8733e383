import {
  anAttempt,
  callRecord,
  freshDatabase,
  type FreshDatabase,
  waitFor,
} from "@call-log/testing";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { currentLookup, lookupOf } from "../calls/call-lookup.ts";
import { openCollections, type Collections } from "../collections.ts";
import { range } from "../testing/range.ts";
import { createBackgroundMigrations } from "./background-migrations.ts";
import { migrationStates } from "./migration-states.ts";
import type { Migration } from "./migration.ts";
import { MIGRATIONS } from "./migrations.ts";
import { runMigrations } from "./run-migrations.ts";

let database: FreshDatabase;
let client: MongoClient;
let collections: Collections;
let clock: Date;
const now = () => clock;

beforeAll(async () => {
  database = await freshDatabase();
  client = new MongoClient(database.uri);
  collections = openCollections(client.db(database.databaseName));
});
beforeEach(async () => {
  clock = new Date("2026-11-26T00:00:00Z");
  await collections.migrations.deleteMany({});
});
afterAll(async () => {
  await client?.close();
  await database?.close();
});

const run = (...migrations: Migration[]) => runMigrations({ collections, now, migrations });

/** A migration that waits until it is let go. */
function heldMigration(number: number) {
  const held = { runs: 0, release: () => undefined as void };
  const gate = new Promise<void>((resolve) => (held.release = resolve));
  const migration: Migration = {
    number,
    title: `change ${number}`,
    run: async () => {
      held.runs += 1;
      await gate;
    },
  };
  return { held, migration };
}

test("of many processes one runs a migration, the others wait for its end", async () => {
  const { held, migration } = heldMigration(1);
  let ready = 0;
  const starts = Array.from({ length: 10 }, async () => {
    await run(migration);
    ready += 1;
  });
  await waitFor(() => held.runs === 1);
  expect(ready).toBe(0);
  held.release();
  await Promise.all(starts);
  await run(migration);
  expect(held.runs).toBe(1);
});

test("they run in their order, each once, also when a release adds one", async () => {
  const ran: number[] = [];
  const step = (number: number): Migration => ({
    number,
    title: `change ${number}`,
    run: async () => void ran.push(number),
  });
  await run(step(1), step(2));
  await run(step(1), step(2), step(3));
  expect(ran).toEqual([1, 2, 3]);
});

test("a migration whose process died is run by the next one when its lease is over", async () => {
  const { held, migration } = heldMigration(1);
  held.release();
  const leaseUntil = new Date(clock.getTime() + 60_000);
  await collections.migrations.insertOne({ _id: 1, title: "change 1", leaseUntil });
  const start = run(migration);
  clock = new Date(leaseUntil.getTime() + 1);
  await start;
  expect(held.runs).toBe(1);
});

test("a migration that fails stops the start, and the next start runs it again", async () => {
  let isBroken = true;
  const migration: Migration = {
    number: 1,
    title: "change 1",
    run: async () => {
      if (isBroken) throw new Error("broken");
    },
  };
  await expect(run(migration)).rejects.toThrow("broken");
  isBroken = false;
  await run(migration);
  expect(await collections.migrations.findOne({ _id: 1 })).toHaveProperty("finishedAt");
});

test("an older release starts on a newer database, unless the newer one has closed it", async () => {
  const open: Migration = { number: 8, title: "a new index", run: async () => undefined };
  await run(open);
  await run();
  await run(open, { ...open, number: 9, title: "times as numbers", endsOlderReleases: true });
  await expect(run()).rejects.toThrow("a newer release of call-log has changed the database");
  await expect(run(open)).rejects.toThrow("times as numbers");
});

test("the numbers of this release ascend, and their states are told", async () => {
  const numbers = MIGRATIONS.map(({ number }) => number);
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  await runMigrations({ collections, now });
  await collections.migrations.insertOne({ _id: 99, title: "newer", leaseUntil: clock });
  expect(await migrationStates(collections)).toMatchObject([
    ...MIGRATIONS.map(({ number, run: atStart }) => ({
      number,
      ...(atStart && { finishedAt: clock }),
      isNewer: false,
    })),
    { number: 99, isNewer: true },
  ]);
});

test("1: digits of sensitive calls that are over are deleted, all others stay", async () => {
  const record = (overrides: Parameters<typeof callRecord>[0], sensitive: boolean) => {
    const base = callRecord(overrides);
    const attempts = [1, 2].map(() => anAttempt(base._id, { state: "ended", digits: "4711" }));
    return { ...base, attempts, plan: { ...base.plan, sensitive } };
  };
  const over = record({ status: "Completed" }, true);
  const open = record({ status: "Ringing" }, true);
  const plain = record({ status: "Completed" }, false);
  await collections.callLogs.insertMany([over, open, plain]);
  await runMigrations({ collections, now });
  const digitsOf = async (_id: string) =>
    (await collections.callLogs.findOne({ _id }))?.attempts.map(({ digits }) => digits);
  expect(await digitsOf(over._id)).toEqual([undefined, undefined]);
  expect(await digitsOf(open._id)).toEqual(["4711", "4711"]);
  expect(await digitsOf(plain._id)).toEqual(["4711", "4711"]);
});

test("2: calls of an older release get what they are found by, in parts, and no call is changed that is being changed", async () => {
  await collections.projects.insertOne({ _id: "p" } as never);
  const records = range(250).map((n) =>
    callRecord({ projectId: "p", toNumber: `+1555000${1000 + n}` }),
  );
  await collections.callLogs.insertMany(records);
  const missing = () => collections.callLogs.countDocuments({ lookup: { $exists: false } });
  const background = createBackgroundMigrations(collections, { now, elapsedMs: () => 0 });
  const states = async () =>
    (await migrationStates(collections)).find(({ number }) => number === 2);
  const before = await missing();
  expect(await background.run(0)).toBe(false);
  expect(await missing()).toBe(before - 100);
  expect(await states()).not.toHaveProperty("finishedAt");
  expect(await background.run(1)).toBe(true);
  expect(
    await collections.callLogs.countDocuments({ projectId: "p", lookup: { $exists: false } }),
  ).toBe(0);
  expect(await states()).toMatchObject({ finishedAt: clock });
  const [first] = records;
  const stored = await collections.callLogs.findOne({ _id: first!._id });
  expect(stored).toEqual({ ...first, lookup: lookupOf(first!) });
  // One that is open for long has got its terms late, one that has just begun has not.
  const later = (minutesAgo: number) => {
    const createdAt = new Date(clock.getTime() - minutesAgo * 60_000);
    const record = callRecord({ projectId: "p", createdAt, updatedAt: createdAt });
    return { ...record, lookup: currentLookup(record) };
  };
  const [old, recent] = [later(16), later(14)];
  await collections.callLogs.insertMany([old, recent]);
  expect(await background.run(1)).toBe(true);
  expect(await collections.callLogs.findOne({ _id: old._id })).toEqual({
    ...old,
    lookup: lookupOf(old),
  });
  expect(await collections.callLogs.findOne({ _id: recent._id })).toEqual(recent);
  // A process of the older release is still there.
  await collections.callLogs.insertOne(callRecord({ projectId: "p" }));
  expect(await background.run(1)).toBe(true);
  expect(
    await collections.callLogs.countDocuments({ projectId: "p", lookup: { $exists: false } }),
  ).toBe(0);
});
