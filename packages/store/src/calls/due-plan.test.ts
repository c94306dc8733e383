/** What looking for due work costs after a day of one call a second whose prices are all pending. */
import { freshEmbeddedDatabase } from "@call-log/testing";
import { type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openCollections } from "../collections.ts";
import type { ReservationDocument } from "../guards/budgets/budget-documents.ts";
import { createBudgetStore } from "../guards/budgets/budget-store.ts";
import { ensureIndexes } from "../indexes.ts";
import { createCallStore } from "./call-store.ts";

const DAY_SECONDS = 86_400;
const START = Date.UTC(2026, 10, 24);
const NOW = new Date(START + DAY_SECONDS * 1000);
const LIMIT = 50;

let database: Awaited<ReturnType<typeof freshEmbeddedDatabase>>;
let client: MongoClient;
let last: Document = {};

function reservation(second: number, projectId: string): ReservationDocument {
  const at = new Date(START + second * 1000);
  const posting = { revision: 1, micro: 100_000, held: true };
  return {
    _id: `${projectId}${second}-1`,
    projectId,
    reserved: 100_000,
    at,
    day: "2026-11-24",
    target: posting,
    posted: posting,
    version: 1,
    checkAt: new Date(at.getTime() + 60_000),
  };
}

const db = () => client.db(database.databaseName);

async function stores() {
  const collections = openCollections(db());
  const now = () => NOW;
  return {
    reservations: createBudgetStore({ collections, now }),
    callLogs: createCallStore({
      callLogs: collections.callLogs,
      projects: { retentions: async () => new Map() },
      rollups: { announce: async () => "batch", inserted: async () => {} },
      auditWriter: { file: async () => true },
      now,
    }),
  };
}

/** How many keys and documents the last search looked at, and by which index. */
async function cost(): Promise<{ index: string; keys: number; documents: number }> {
  const { lsid: _lsid, $db: _db, ...find } = last;
  const explained = await db().command({ explain: find, verbosity: "executionStats" });
  const stats = explained["executionStats"] as Document;
  const plan = JSON.stringify((explained["queryPlanner"] as Document)["winningPlan"]);
  expect(plan).not.toContain("COLLSCAN");
  expect(plan).not.toContain('"SORT"');
  return {
    index: /"indexName":"(\w+)"/.exec(plan)?.[1] ?? "",
    keys: stats["totalKeysExamined"] as number,
    documents: stats["totalDocsExamined"] as number,
  };
}

beforeAll(async () => {
  database = await freshEmbeddedDatabase();
  client = await MongoClient.connect(database.uri, { monitorCommands: true });
  client.on("commandStarted", ({ commandName, command }) => {
    if (commandName === "find") last = command as Document;
  });
  await ensureIndexes(db());
  for (let from = 0; from < DAY_SECONDS; from += 10_800) {
    const seconds = Array.from({ length: 10_800 }, (_, index) => from + index);
    const some = seconds.map((second) => reservation(second, "loud"));
    await db().collection<ReservationDocument>("reservations").insertMany(some);
    const calls = some.map(({ _id, projectId, checkAt: wakeAt, at: createdAt }) => ({
      _id: _id as never,
      projectId,
      wakeAt,
      createdAt,
    }));
    await db().collection("callLogs").insertMany(calls);
  }
  const quiet = reservation(DAY_SECONDS - 90, "quiet");
  await db().collection<ReservationDocument>("reservations").insertOne(quiet);
  const call = { _id: quiet._id as never, projectId: "quiet", wakeAt: quiet.checkAt };
  await db().collection("callLogs").insertOne(call);
});

afterAll(async () => {
  await client.close();
  await database.close();
});

describe.each(["reservations", "callLogs"] as const)("of %s, with 86,400 open", (name) => {
  test("the longest due", async () => {
    const { [name]: store } = await stores();
    expect(await store.findDue(NOW, LIMIT)).toHaveLength(LIMIT);
    expect(await cost()).toEqual({ index: "due", keys: LIMIT, documents: LIMIT });
  });

  test("those of a project", async () => {
    const { [name]: store } = await stores();
    expect(await store.findDue(NOW, LIMIT, "quiet")).toHaveLength(1);
    expect(await cost()).toEqual({ index: "dueByProject", keys: 1, documents: 1 });
    expect(await store.findDue(NOW, LIMIT, "loud")).toHaveLength(LIMIT);
    expect(await cost()).toEqual({ index: "dueByProject", keys: LIMIT, documents: LIMIT });
  });

  test("the next project", async () => {
    const { [name]: store } = await stores();
    expect(await store.nextProject("")).toMatchObject({ projectId: "loud" });
    expect(await cost()).toEqual({ index: "dueByProject", keys: 1, documents: 1 });
    expect(await store.nextProject("loud")).toMatchObject({ projectId: "quiet" });
    expect(await store.nextProject("quiet")).toBeUndefined();
  });
});
