import { searchTerms } from "@call-log/model";
import { callRecord, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { CallDocument } from "../calls/call-document.ts";
import { lookupOf } from "../calls/call-lookup.ts";
import { openCollections } from "../collections.ts";
import { ensureIndexes } from "../indexes.ts";
import { patientReader } from "../testing/patient-reader.ts";
import { scanRecentCalls } from "./scan-recent-calls.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "0d0e6679-7425-40de-944b-e07fc1f90ae7";
const INCIDENT = "5f8b9c0de1a24b3c8d5e6f7a";
const USER = "22222222-28fe-11f1-b591-3fdcef396aba";
const idOf = (number: number) => `01a21494-7f6b-7000-8000-${String(number).padStart(12, "0")}`;

type Overrides = Parameters<typeof callRecord>[0];

const grace = { _id: USER, name: "Grace Hopper", email: "grace@example.com" };
const fire = { _id: INCIDENT, title: "Regal brennt" };
const attempt = { number: 1, state: "ended" as const, dueAt: new Date(0), events: [] };

/** Calls by their number; each is a minute later than the one before. */
const CALLS: readonly Overrides[] = [
  { toNumber: "+491512345678", userId: USER, user: grace },
  { toNumber: "+491512345678", incidentId: INCIDENT, incident: fire },
  { toNumber: "+491519999999", callData: { message: "Quittenmus für Zoë" } },
  {
    toNumber: "+15550100100",
    attempts: [{ ...attempt, _id: "a-1", providerCallId: "CA0123abcdef" }],
  },
  { toNumber: "+15550100110", tags: ["night.shift"], statusMessage: "Busy" },
  { projectId: OTHER, toNumber: "+491512345678", userId: USER, user: grace },
];

function searchSuite(fresh: () => Promise<FreshDatabase>): void {
  let database: FreshDatabase;
  let client: MongoClient;
  const db = () => client.db(database.databaseName);
  const calls = () => db().collection<CallDocument>("callLogs");

  beforeAll(async () => {
    database = await fresh();
    client = await MongoClient.connect(database.uri);
    await ensureIndexes(db());
    const records = CALLS.map((one, number) =>
      callRecord({
        projectId: PROJECT,
        ...one,
        _id: idOf(number),
        createdAt: new Date(Date.UTC(2026, 10, 24, 3, number)),
      }),
    );
    await calls().insertMany(records.map((record) => ({ ...record, lookup: lookupOf(record) })));
  });
  afterAll(async () => {
    await client.close();
    await database.close();
  });

  const search = (text: string, isMasked = false) =>
    patientReader(openCollections(db())).search({
      projectId: PROJECT,
      terms: searchTerms(text, ["DE"]),
      isMasked,
    });
  const numbersIn = async (text: string) => {
    const { people, incidents, calls: byId, texts } = await search(text);
    const all = { people, incidents, calls: byId, texts };
    return Object.fromEntries(
      Object.entries(all).flatMap(([group, found]) =>
        found.length === 0 ? [] : [[group, found.map(({ _id }) => Number(_id.slice(-12)))]],
      ),
    );
  };

  test.each([
    ["+49 151 2345678", { people: [1] }],
    ["0151 23", { people: [1] }],
    ["0151", { people: [1, 2] }],
    ["5678", { people: [1] }],
    ["0100", { people: [3, 4] }],
    ["grace", { people: [0] }],
    ["GRACE@example", { people: [0] }],
    ["regal", { incidents: [1] }],
    [INCIDENT, { incidents: [1] }],
    [USER, { people: [0] }],
    ["zoË", { texts: [2] }],
    ["night.", { texts: [4] }],
    ["nightx", {}],
    ["CA0123abcdef", { calls: [3] }],
    ["ca0123", { calls: [3] }],
    [idOf(2), { calls: [2] }],
    [idOf(2).toUpperCase(), { calls: [2] }],
    ["01a21494", { calls: [4, 3, 2, 1, 0] }],
    ["nothing at all", {}],
  ])("%j", async (text, found) => {
    expect(await numbersIn(text)).toEqual(found);
  });

  test("a key that reads masked finds by ids, masked, and nothing by what it does not see", async () => {
    for (const text of ["+491512345678", "5678", "grace", "regal", "zoë", "night"]) {
      const { people, incidents, calls: byId, texts } = await search(text, true);
      expect([text, people, incidents, byId, texts]).toEqual([text, [], [], [], []]);
    }
    const found = await search(INCIDENT, true);
    expect(found.incidents).toMatchObject([{ incidentId: INCIDENT, incident: { _id: INCIDENT } }]);
    expect(
      JSON.stringify([found, await search(USER, true), await search(idOf(2), true)]),
    ).not.toMatch(/Grace|Regal|Zoë|\+\d{5}/);
  });

  test("parts within words are looked for among the latest calls, and the answer says among how many", async () => {
    const within = { calls: calls(), projectId: PROJECT, maxTimeMS: 5000 };
    const scan = (text: string, most: number) =>
      scanRecentCalls(within, searchTerms(text, []), most);
    expect(await scan("oë", 3)).toMatchObject({ among: 3, found: [{ _id: idOf(2) }] });
    expect(await scan("oë", 2)).toMatchObject({ among: 2, found: [] });
    expect(await scan("oë", 100)).toMatchObject({ among: null, isCut: false });
  });
}

onEachDatabase((name, fresh) => {
  describe(`search on ${name}`, () => {
    searchSuite(fresh);
  });
});
