import { listInput } from "@call-log/model";
import { type Collection, type Db, type Document, MongoClient } from "mongodb";
import type { z } from "zod";

import type { CallDocument } from "../calls/call-document.ts";
import { lookupOf } from "../calls/call-lookup.ts";
import { openCollections } from "../collections.ts";
import { ensureIndexes } from "../indexes.ts";
import { patientReader } from "./patient-reader.ts";

/** What a list is asked for. */
export type ListInput = z.input<typeof listInput>;

/** The project that is asked. */
export const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const INCIDENT = "5f8b9c0de1a24b3c8d5e6f7a";
const USER = "376d7300-28fe-11f1-b591-3fdcef396aba";
/** Rows of a page. */
export const LIMIT = 10;

/** How much is looked at: the page alone, or calls by date until the page is full. */
export type Looked = "the page" | "calls by date";

/** The queries of every day, what serves each, and how much of the project's calls it looks at. */
export const PLANS: Readonly<Record<string, readonly [ListInput, index: string, Looked]>> = {
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
  tags: [{ query: { tags: "night" } }, "byTag", "the page"],
  "tags and a range of createdAt": [
    { query: { tags: "night", createdAt: { $lt: minute(200) } } },
    "byTag",
    "the page",
  ],
  incidentId: [{ query: { incidentId: INCIDENT } }, "byIncident", "the page"],
  userId: [{ query: { userId: USER } }, "byUser", "the page"],
  "toNumber, `StartsWith`": [
    { query: { toNumber: { _type: "StartsWith", value: "+1555010000" } } },
    "byToNumber",
    "the page",
  ],
  "toNumber, `EndsWith`": [
    { query: { toNumber: { _type: "EndsWith", value: "07" } } },
    "byToNumber",
    "the page",
  ],
  "toNumber, `Search` of four digits": [
    { query: { toNumber: { _type: "Search", value: "0007" } } },
    "byTerm",
    "the page",
  ],
  "fromNumber, `EndsWith`": [
    { query: { fromNumber: { _type: "EndsWith", value: "2" } } },
    "byFromNumber",
    "the page",
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
  "a key of callData": [{ query: { "callData.priority": 3 } }, "byProject", "calls by date"],
  "callData.message": [{ query: { "callData.message": "The Alert 17: 17" } }, "byTerm", "the page"],
  "`Search` in callData.message": [
    { query: { "callData.message": { _type: "Search", value: "Alert 17:" } } },
    "byTerm",
    "the page",
  ],
  "`Search` in callData.message, one word": [
    { query: { "callData.message": { _type: "Search", value: "Alert" } } },
    "byProject",
    "calls by date",
  ],
  "`StartsWith` in user.name": [
    { query: { user: { name: { _type: "StartsWith", value: "Ann" } } } },
    "byTerm",
    "the page",
  ],
  "`MultiSearch` in texts": [
    {
      query: {
        any: { _type: "MultiSearch", value: "the Alert 17:", fields: ["tags", "callData.message"] },
      },
    },
    "byTerm",
    "the page",
  ],
  "status, `NotEqual`": [
    { query: { status: { _type: "NotEqual", value: "Busy" } } },
    "byProject",
    "calls by date",
  ],
};

/** The time of a call by its number, a minute after the one before. */
export function minute(number: number): string {
  return new Date(Date.UTC(2026, 10, 23) + number * 60_000).toISOString();
}

function call(number: number, projectId: string): Document {
  const document = callWithout(number, projectId);
  return { ...document, lookup: lookupOf(document as never) };
}

function callWithout(number: number, projectId: string): Document {
  return {
    _id: `${projectId}-${number}`,
    projectId,
    createdAt: new Date(minute(number)),
    status: ["Completed", "Busy", "No Answer", "Failed"][number % 4],
    statusMessage: number % 2 === 0 ? "Reached Ann" : null,
    toNumber: `+1555010000${number % 10}`,
    fromNumber: `+1555111000${number % 4}`,
    tags: number % 3 === 0 ? ["night"] : [],
    ...(number % 5 === 0 && { incidentId: INCIDENT }),
    ...(number % 5 === 1 && { userId: USER, user: { _id: USER, name: `Ann ${number % 3}` } }),
    provider: "twilio",
    attempts: [{ outcome: number % 7 === 0 ? "voicemail" : "reached" }],
    callCostInUSDCents: 1.3,
    callData: { message: `The Alert ${number % 40}: ${number}`, priority: number % 4 },
  };
}

/** A database with call logs that says how it would answer. */
export interface Explainer {
  db: Db;
  collection: Collection<CallDocument>;
  /** The last `find` on the call logs that was sent, as it can be explained. */
  lastFind(): Document;
  /** Ask for a list; the plan of the very command that the reader sent, and where the list goes on. */
  explain(input: ListInput): Promise<{ explained: Document; next: string }>;
  close(): Promise<void>;
}

/** Fill an empty database with so many calls of the project, and as many of another one beside them. */
export async function openExplainer(
  { uri, databaseName }: { uri: string; databaseName: string },
  size: number,
): Promise<Explainer> {
  const client = await MongoClient.connect(uri, { monitorCommands: true });
  const db = client.db(databaseName);
  const collection = db.collection<CallDocument>("callLogs");
  let last: Document = {};
  client.on("commandStarted", ({ commandName, command }) => {
    const isOfCalls = commandName === "find" && command["find"] === "callLogs";
    if (isOfCalls) last = command as Document;
  });
  await ensureIndexes(db);
  const numbers = Array.from({ length: size }, (_, number) => number);
  const documents = [PROJECT, "another"].flatMap((id) => numbers.map((number) => call(number, id)));
  await collection.insertMany(documents as never);
  const reader = patientReader(openCollections(db));
  const lastFind = () => {
    const { lsid: _lsid, $db: _db, ...find } = last;
    return find;
  };
  return {
    db,
    collection,
    lastFind,
    async explain(input) {
      const request = listInput.parse({ limit: LIMIT, ...input });
      const { nextCursor = "" } = await reader.list({ projectId: PROJECT, input: request });
      const command = { explain: lastFind(), verbosity: "executionStats" };
      return { explained: await db.command(command), next: nextCursor };
    },
    close: () => client.close(),
  };
}
