import { readFile } from "node:fs/promises";

import { listInput } from "@call-log/model";
import { freshEmbeddedDatabase } from "@call-log/testing";
import { type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";

import { createCallFeed } from "./call-feed.ts";
import { createCallReader } from "./call-reader.ts";
import { type CallDocument, openCollections } from "./collections.ts";
import { ensureIndexes } from "./indexes.ts";

type ListInput = z.input<typeof listInput>;

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const INCIDENT = "5f8b9c0de1a24b3c8d5e6f7a";
const USER = "376d7300-28fe-11f1-b591-3fdcef396aba";
/** Calls of the project; so many of another project stand beside them. */
const CALLS = 400;
const LIMIT = 10;

/** How much is looked at: the page alone, or calls by date until the page is full. */
type Looked = "the page" | "calls by date" | "what matches";

/** The queries of every day, what serves each, and how much of the project's calls it looks at. */
const PLANS: Readonly<Record<string, readonly [ListInput, index: string, Looked]>> = {
  "everything, newest first": [{}, "byProject", "the page"],
  "everything, oldest first": [{ sort: { createdAt: "ASC" } }, "byProject", "the page"],
  "a range of createdAt": [
    { query: { createdAt: { $gte: minute(100), $lt: minute(200) } } },
    "byProject",
    "the page",
  ],
  status: [{ query: { status: "Busy" } }, "byStatus", "the page"],
  "status and a range of createdAt": [
    { query: { status: "Busy", createdAt: { $lt: minute(200) } } },
    "byStatus",
    "the page",
  ],
  toNumber: [{ query: { toNumber: "+15550100007" } }, "byToNumber", "the page"],
  tags: [{ query: { tags: "night" } }, "byTag", "what matches"],
  incidentId: [{ query: { incidentId: INCIDENT } }, "byIncident", "the page"],
  userId: [{ query: { userId: USER } }, "byUser", "the page"],
  "toNumber, `StartsWith`": [
    { query: { toNumber: { _type: "StartsWith", value: "+1555010" } } },
    "byProject",
    "calls by date",
  ],
  provider: [{ query: { provider: "twilio" } }, "byProject", "calls by date"],
  "an attempt's outcome": [
    { query: { "attempts.outcome": "voicemail" } },
    "byProject",
    "calls by date",
  ],
  "status, one of several": [
    { query: { status: { _type: "Includes", value: ["Busy", "No Answer"] } } },
    "byStatus",
    "the page",
  ],
  "`Search` in statusMessage": [
    { query: { statusMessage: { _type: "Search", value: "reached" } } },
    "byProject",
    "calls by date",
  ],
  "a range of callCostInUSDCents": [
    { query: { callCostInUSDCents: { $gte: 1 } } },
    "byProject",
    "calls by date",
  ],
  "a key of callData": [{ query: { "callData.message": "Alert 7" } }, "byProject", "calls by date"],
  "status, `NotEqual`": [
    { query: { status: { _type: "NotEqual", value: "Busy" } } },
    "byProject",
    "calls by date",
  ],
};

function minute(number: number): string {
  return new Date(Date.UTC(2026, 10, 23) + number * 60_000).toISOString();
}

function call(number: number, projectId: string): Document {
  return {
    _id: `${projectId}-${number}`,
    projectId,
    createdAt: new Date(minute(number)),
    status: ["Completed", "Busy", "No Answer", "Failed"][number % 4],
    statusMessage: number % 2 === 0 ? "Reached Ann" : null,
    toNumber: `+1555010000${number % 10}`,
    tags: number % 3 === 0 ? ["night"] : [],
    ...(number % 5 === 0 && { incidentId: INCIDENT }),
    ...(number % 5 === 1 && { userId: USER }),
    provider: "twilio",
    attempts: [{ outcome: number % 7 === 0 ? "voicemail" : "reached" }],
    callCostInUSDCents: 1.3,
    callData: { message: `Alert ${number}` },
  };
}

let database: Awaited<ReturnType<typeof freshEmbeddedDatabase>>;
let client: MongoClient;
const finds: Document[] = [];

beforeAll(async () => {
  database = await freshEmbeddedDatabase();
  client = await MongoClient.connect(database.uri, { monitorCommands: true });
  client.on("commandStarted", ({ commandName, command }) => {
    const isOfCalls = commandName === "find" && command["find"] === "callLogs";
    if (isOfCalls) finds.push(command as Document);
  });
  await ensureIndexes(calls().db);
  const numbers = Array.from({ length: CALLS }, (_, number) => number);
  const documents = [PROJECT, "another"].flatMap((id) => numbers.map((number) => call(number, id)));
  await calls().collection.insertMany(documents as never);
});

afterAll(async () => {
  await client.close();
  await database.close();
});

function calls() {
  const db = client.db(database.databaseName);
  return { db, collection: db.collection<CallDocument>("callLogs") };
}

/** The plan of the very command that the reader sends. */
async function planOf(input: ListInput): Promise<{ plan: string; examined: number; next: string }> {
  const { db } = calls();
  finds.length = 0;
  const reader = createCallReader(openCollections(db));
  const request = listInput.parse({ limit: LIMIT, ...input });
  const { nextCursor = "" } = await reader.list({ projectId: PROJECT, input: request });
  const [{ lsid: _lsid, $db: _db, ...find } = {}] = finds;
  const explained = await db.command({ explain: find, verbosity: "executionStats" });
  const stats = explained["executionStats"] as { totalDocsExamined: number };
  const plan = JSON.stringify((explained["queryPlanner"] as Document)["winningPlan"]);
  return { plan, examined: stats.totalDocsExamined, next: nextCursor };
}

const MOST: Readonly<Record<Looked, number>> = {
  "the page": LIMIT + 1,
  "what matches": CALLS / 2,
  "calls by date": CALLS,
};

describe("a list by", () => {
  test.each(Object.entries(PLANS))("%s", async (_name, [input, index, looked]) => {
    const { plan, examined } = await planOf(input);
    expect(plan).toContain(`"indexName":"${index}"`);
    expect(plan).not.toContain("COLLSCAN");
    expect(plan.includes('"SORT"')).toBe(looked === "what matches");
    expect(examined).toBeLessThanOrEqual(MOST[looked]);
  });

  test.each(["everything, newest first", "status", "status and a range of createdAt"])(
    "%s goes on from a deep cursor at the cost of a page",
    async (name) => {
      const [input] = PLANS[name]!;
      let { next: cursor } = await planOf(input);
      for (let page = 0; page < 4; page += 1) {
        const { examined, next } = await planOf({ ...input, cursor });
        expect(examined).toBeLessThanOrEqual(LIMIT + 2);
        cursor = next;
      }
    },
  );
});

test("the feed of changes looks at what has changed alone", async () => {
  const { db, collection } = calls();
  const now = new Date(minute(CALLS));
  await collection.updateMany({ projectId: PROJECT }, { $set: { updatedAt: new Date(0) } });
  const ids = [`${PROJECT}-3`, `${PROJECT}-7`] as never[];
  await collection.updateMany({ _id: { $in: ids } }, { $set: { updatedAt: now } });
  finds.length = 0;
  const feed = createCallFeed(collection, { now: () => now });
  for await (const batch of feed.listen({ projectId: PROJECT })) {
    expect(batch.ids.toSorted()).toEqual(ids);
    break;
  }
  feed.close();
  const [{ lsid: _lsid, $db: _db, ...find } = {}] = finds;
  const explained = await db.command({ explain: find, verbosity: "executionStats" });
  const stats = explained["executionStats"] as { totalDocsExamined: number };
  expect(stats.totalDocsExamined).toBe(ids.length);
});

test("docs/reference/scale.md has these plans", async () => {
  const page = await readFile(new URL("../../../docs/reference/scale.md", import.meta.url), "utf8");
  for (const [name, [, index, looked]] of Object.entries(PLANS)) {
    const row = page.split("\n").find((line) => line.startsWith(`| ${name} `));
    const cells = row?.split("|").map((cell) => cell.trim());
    expect(cells?.slice(2, 4)).toEqual([`\`${index}\``, looked]);
  }
});
