import { CallLogError, listInput, queryInput, selectInput } from "@call-log/model";
import {
  onEachDatabase,
  type FreshDatabase,
  TEST_SERVER_FAULTS,
  databaseRuns,
} from "@call-log/testing";
import fc from "fast-check";
import { type CommandStartedEvent, type Document, MongoClient, MongoServerError } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { CallDocument } from "../calls/call-document.ts";
import { type Collections, openCollections } from "../collections.ts";
import { finds, sorted } from "../testing/call-reader-evaluator.ts";
import {
  ALL_CALLS,
  at,
  documentsOf,
  HAND_MADE,
  idOf,
  INCIDENT,
  OTHER_INCIDENT,
  OTHER_PROJECT,
  PROJECT,
  USER,
} from "../testing/call-reader-fixture.ts";
import { ALL_OPERATORS, anyQuery, anySort } from "../testing/call-reader-queries.ts";
import { anyWords, hardTextQuery } from "../testing/hard-queries.ts";
import { type CallReader, createCallReader } from "./call-reader.ts";

const op = (_type: string, value: unknown) => ({ _type, value });

/** Queries over the hand-made calls, and the numbers of the calls that they find. */
const CASES: Record<string, [query: unknown, found: number[]]> = {
  "no query": [null, [1, 2, 3, 4, 5, 6]],
  "an empty query": [{}, [1, 2, 3, 4, 5, 6]],
  "equal, case-sensitive": [{ status: "Busy" }, [2]],
  "equal, not trimmed": [{ statusMessage: "padded" }, []],
  "equal with spaces": [{ statusMessage: " padded " }, [5]],
  "equal to the empty text": [{ statusMessage: "" }, [2]],
  "equal number": [{ callCostInUSDCents: 150 }, [1, 6]],
  "equal number as text": [{ callCostInUSDCents: "1.3" }, [2]],
  "equal date to the millisecond": [{ createdAt: at(6, 1).toISOString() }, [6]],
  "equal date, another millisecond": [{ createdAt: at(6).toISOString() }, []],
  "equal date in another zone": [{ createdAt: "2026-11-23T05:02:00+02:00" }, [2]],
  "equal id in capitals": [{ _id: idOf(3).toUpperCase() }, [3]],
  "equal phone, normalised and as imported": [{ toNumber: "+1 (555) 999-8888" }, [1]],
  "equal phone as imported": [{ toNumber: "+1-555-999-8888" }, [1, 2]],
  "equal phone that is none": [{ toNumber: "unparsable" }, [5]],
  "null is null or missing": [{ statusMessage: null }, [3, 4]],
  "any of": [{ status: ["Busy", "busy"] }, [2, 3]],
  "any of with null": [{ answeredBy: ["human", null] }, [1, 2, 3, 4, 5, 6]],
  "any of nothing": [{ status: [] }, []],
  "properties are ANDed": [{ attemptCount: 1, callCostInUSDCents: 150 }, [1, 6]],
  "ObjectID wrapper": [{ incidentId: { _type: "ObjectID", value: INCIDENT } }, [1]],
  "DateTime wrapper": [{ createdAt: { _type: "DateTime", value: at(2).toISOString() } }, [2]],
  "Phone wrapper": [{ toNumber: { _type: "Phone", value: "+442079460958" } }, [3]],
  "wrappers inside an operator": [
    {
      createdAt: {
        _type: "InBetween",
        startValue: { _type: "DateTime", value: at(2).toISOString() },
        endValue: { _type: "DateTime", value: at(3).toISOString() },
      },
    },
    [2, 3],
  ],
  "relation by id": [{ incident: INCIDENT.toUpperCase() }, [1]],
  "relation by wrapper": [{ incident: { _type: "ObjectID", value: OTHER_INCIDENT } }, [2]],
  "relation by ids": [{ incident: [INCIDENT, OTHER_INCIDENT] }, [1, 2]],
  "relation by _id": [{ incident: { _id: INCIDENT } }, [1]],
  "relation by _id and operator": [{ incident: { _id: op("Includes", [INCIDENT]) } }, [1]],
  "relation null": [{ incident: null }, [3, 4, 5, 6]],
  "relation by operator": [{ user: { _type: "NotNull" } }, [5]],
  "relation by title": [{ incident: { title: "Database down" } }, [1]],
  "relation by title searched": [{ incident: { title: op("Search", "DATABASE") } }, [1]],
  "relation by number": [{ incident: { number: 7 } }, [1]],
  "relation by dotted path": [{ "user.email": "ann@example.com" }, [5]],
  "relation by dotted id": [{ "user._id": USER }, [5]],
  "callData key": [{ callData: { message: "Alert notification" } }, [1]],
  "callData key in an array": [{ callData: { message: "Alert" } }, [3]],
  "callData keys ANDed": [{ callData: { urgent: true, priority: 3 } }, [1]],
  "callData number is not text": [{ callData: { priority: "3" } }, [3]],
  "callData null or missing": [{ callData: { message: null } }, [5]],
  "callData any of": [{ callData: { priority: [3, "3"] } }, [1, 3]],
  "callData nested": [{ callData: { deep: { a: { b: "x" } } } }, [4]],
  "callData without conditions": [{ callData: {} }, [1, 2, 3, 4, 5, 6]],
  "callData by path": [{ "callData.deep.a.b": "x" }, [4]],
  "callData in a list of objects": [{ "callData.steps.say": "hi" }, [4]],
  "callData operator": [{ callData: { message: op("StartsWith", "ALERT") } }, [1, 2, 3]],
  EqualTo: [{ status: op("EqualTo", "Busy") }, [2]],
  "EqualTo in callData": [{ callData: { words: op("EqualTo", "red") } }, [1, 2, 3]],
  "NotEqual finds no null": [{ answeredBy: op("NotEqual", "machine") }, [1]],
  "NotEqual in callData": [{ callData: { priority: op("NotEqual", 3) } }, [2, 3, 6]],
  "NotEqual on a list": [{ tags: op("NotEqual", "night") }, [2, 3, 6]],
  EqualToOrNull: [{ answeredBy: op("EqualToOrNull", "machine") }, [2, 3, 4, 5, 6]],
  GreaterThan: [{ callCostInUSDCents: op("GreaterThan", "1.3") }, [1, 5, 6]],
  GreaterThanOrEqual: [{ callCostInUSDCents: op("GreaterThanOrEqual", 1.3) }, [1, 2, 5, 6]],
  LessThan: [{ callCostInUSDCents: op("LessThan", 0) }, [4]],
  LessThanOrEqual: [{ callCostInUSDCents: op("LessThanOrEqual", 0) }, [3, 4]],
  "GreaterThan on text by code point": [{ status: op("GreaterThan", "\uFFFD") }, [6]],
  "LessThan on text by code point": [{ status: op("LessThan", "B") }, [4]],
  "LessThan finds no null": [{ deadlineAt: op("LessThan", at(59).toISOString()) }, [2]],
  "GreaterThan in callData by type": [{ callData: { priority: op("GreaterThan", 2) } }, [1, 2, 6]],
  GreaterThanOrNull: [
    { deadlineAt: op("GreaterThanOrNull", at(30).toISOString()) },
    [1, 3, 4, 5, 6],
  ],
  LessThanOrNull: [{ deadlineAt: op("LessThanOrNull", at(31).toISOString()) }, [1, 2, 3, 4, 5, 6]],
  InBetween: [
    {
      createdAt: {
        _type: "InBetween",
        startValue: at(2).toISOString(),
        endValue: at(4).toISOString(),
      },
    },
    [2, 3, 4, 5],
  ],
  "InBetween reversed": [{ attemptCount: { _type: "InBetween", startValue: 2, endValue: 0 } }, []],
  "InBetween within one element": [
    { callData: { levels: { _type: "InBetween", startValue: 2, endValue: 4 } } },
    [3],
  ],
  "InBetween within one attempt": [
    { "attempts.durationSeconds": { _type: "InBetween", startValue: 10, endValue: 50 } },
    [1],
  ],
  Includes: [{ status: op("Includes", ["Busy", "Completed"]) }, [1, 2]],
  "Includes of nothing": [{ status: op("Includes", []) }, []],
  "Includes of null": [{ deadlineAt: op("Includes", [null]) }, [1, 3, 4, 5, 6]],
  "Includes on a list": [{ tags: op("Includes", ["night", "Night"]) }, [1, 6]],
  "IncludesAll on a scalar": [{ status: op("IncludesAll", ["Busy", "busy"]) }, [2, 3]],
  "IncludesAll on a list": [{ tags: op("IncludesAll", ["night", "urgent"]) }, [1]],
  "IncludesAll in callData": [{ callData: { words: op("IncludesAll", ["red", "Blue"]) } }, [1, 3]],
  "IncludesNone finds no null": [{ tags: op("IncludesNone", ["night"]) }, [2, 3, 6]],
  "IncludesNone of nothing": [{ tags: op("IncludesNone", []) }, [1, 2, 3, 4, 5, 6]],
  IsNull: [{ statusMessage: { _type: "IsNull" } }, [3, 4]],
  NotNull: [{ statusMessage: { _type: "NotNull" } }, [1, 2, 5, 6]],
  "NotNull on a list": [{ tags: { _type: "NotNull" } }, [1, 2, 3, 6]],
  "Search, trimmed, any letter case": [{ statusMessage: op("Search", "  ANN ") }, [1]],
  "Search of a phone": [{ toNumber: op("Search", "8888") }, [1, 2]],
  "Search of an id": [{ _id: op("Search", "28FE") }, [1, 2, 3, 4, 5, 6]],
  "Search of nothing finds what has a value": [{ statusMessage: op("Search", "  ") }, [1, 2, 5, 6]],
  "Search in a list": [{ tags: op("Search", "ÉCR") }, [6]],
  "Search, Unicode": [{ callData: { message: op("Search", "école σασ") } }, [4]],
  "Search, long s and Kelvin": [{ callData: { message: op("Search", "k S") } }, [6]],
  "Search, sharp s": [{ callData: { message: op("Search", "STRAẞE") } }, [4]],
  "Search, full-width": [{ statusMessage: op("Search", "\uFF41 WIDE") }, [6]],
  "Search, beyond 16 bits": [{ status: op("Search", "\u{1D11E} CLEF") }, [6]],
  ...Object.fromEntries(
    ["%", "_", ".", "*", "\\", ".*", "%_d.*\\"].map((text) => [
      `Search for ${text} as it is`,
      [{ status: op("Search", text) }, [4]],
    ]),
  ),
  "Search for a class": [{ status: op("Search", "[a-z]") }, []],
  "Search for a line end": [{ callData: { message: op("Search", "Σ\n") } }, [4]],
  StartsWith: [{ toNumber: op("StartsWith", "+1") }, [1, 2, 6]],
  "StartsWith, any letter case": [{ status: op("StartsWith", "BU") }, [2, 3]],
  EndsWith: [{ status: op("EndsWith", "USY") }, [2, 3]],
  "EndsWith before a line end": [{ callData: { message: op("EndsWith", "ΣΑΣ") } }, []],
  "EndsWith a line end": [{ callData: { message: op("EndsWith", "\n") } }, [4]],
  NotContains: [{ statusMessage: op("NotContains", "ANN") }, [2, 3, 4, 5, 6]],
  "NotContains the empty text": [{ statusMessage: op("NotContains", "") }, [3, 4]],
  MultiSearch: [
    {
      anything: {
        _type: "MultiSearch",
        value: " DOWN ",
        fields: ["incident.title", "status", "callData.message"],
      },
    },
    [1],
  ],
  "MultiSearch in several": [
    { status: { _type: "MultiSearch", value: "alert", fields: ["callData.message", "tags"] } },
    [1, 2, 3],
  ],
  $eq: [{ statusMessage: { $eq: null } }, [3, 4]],
  "$ne finds nulls": [{ answeredBy: { $ne: "human" } }, [2, 3, 4, 5, 6]],
  $gt: [{ attemptCount: { $gt: 1 } }, [2]],
  "$gte and $lt": [{ createdAt: { $gte: at(2).toISOString(), $lt: at(4).toISOString() } }, [2, 3]],
  $lte: [{ callCostInUSDCents: { $lte: "0" } }, [3, 4]],
  $in: [{ status: { $in: ["Busy", "busy"] } }, [2, 3]],
  "$nin finds nulls": [{ provider: { $nin: ["twilio"] } }, [2, 3, 4, 5, 6]],
  "$exists finds stored nulls": [{ answeredBy: { $exists: true } }, [1, 3]],
  "$exists false": [{ tags: { $exists: false } }, [5]],
  "$not finds nulls": [{ answeredBy: { $not: { $in: ["human"] } } }, [2, 3, 4, 5, 6]],
  "$not of several": [{ attemptCount: { $not: { $gt: 0, $lt: 2 } } }, [2, 3, 5]],
  $all: [{ tags: { $all: ["night", "urgent"] } }, [1]],
  $size: [{ attempts: { $size: 2 } }, [2]],
  "$elemMatch of values": [{ "callData.levels": { $elemMatch: { $gt: 1, $lt: 9 } } }, [1]],
  "$elemMatch of values, two ways to be equal": [
    { tags: { $elemMatch: { $eq: "night", $in: ["urgent"] } } },
    [],
  ],
  "$elemMatch of attempts": [
    { attempts: { $elemMatch: { outcome: "busy", durationSeconds: op("LessThan", 1) } } },
    [2],
  ],
  "$elemMatch with logic": [
    { attempts: { $elemMatch: { $or: [{ state: "unknown" }, { number: 2 }] } } },
    [2, 4],
  ],
  "attempts by path": [{ "attempts.outcome": "busy" }, [2]],
  "attempts by index": [{ "attempts.1.durationSeconds": op("GreaterThan", 50) }, [2]],
  "attempts' events": [{ "attempts.events.late": true }, [1]],
  $and: [{ $and: [{ status: "Busy" }, { attemptCount: 2 }] }, [2]],
  $or: [{ $or: [{ status: "Busy" }, { user: USER }] }, [2, 5]],
  $nor: [{ $nor: [{ status: "Busy" }, { user: USER }] }, [1, 3, 4, 6]],
  "$or in callData": [{ callData: { $or: [{ urgent: false }, { priority: 10 }] } }, [2, 6]],
  "$or in a relation": [{ incident: { $or: [{ title: "x" }, { name: "INC-1" }] } }, [1]],
  "the own project": [{ projectId: PROJECT }, [1, 2, 3, 4, 5, 6]],
  "another project": [{ projectId: OTHER_PROJECT }, []],
  "another project as relation": [{ project: { _id: OTHER_PROJECT } }, []],
  "another project in $or": [{ $or: [{ projectId: OTHER_PROJECT }, { status: "Busy" }] }, [2]],
  "another project in $nor": [{ $nor: [{ projectId: PROJECT }] }, []],
  "any project": [{ projectId: [PROJECT, OTHER_PROJECT] }, [1, 2, 3, 4, 5, 6]],
  "not the own project": [{ projectId: op("NotEqual", PROJECT) }, []],
  "a call of another project": [{ _id: idOf(1, OTHER_PROJECT) }, []],
};

interface Opened {
  reader: CallReader;
  documents: Document[];
  commands: CommandStartedEvent[];
  close(): Promise<void>;
}

async function openWith(calls: readonly Document[], database: FreshDatabase): Promise<Opened> {
  const client = new MongoClient(database.uri, { monitorCommands: true });
  const collections = openCollections(client.db(database.databaseName));
  const collection = collections.callLogs;
  const documents = documentsOf(calls, PROJECT);
  const all = [...documents, ...documentsOf(calls, OTHER_PROJECT)];
  await collection.insertMany(all as CallDocument[]);
  const byDate = { projectId: 1, createdAt: -1, _id: -1 } as const;
  const byStatus = { projectId: 1, status: 1, createdAt: -1, _id: -1 } as const;
  await collection.createIndexes([
    { key: byDate },
    { key: byStatus },
    { key: { projectId: 1, tags: 1 } },
  ]);
  const commands: CommandStartedEvent[] = [];
  client.on("commandStarted", (event) => commands.push(event));
  const close = async () => {
    await client.close();
    await database.close();
  };
  return { reader: createCallReader(collections), documents, commands, close };
}

const ANSWERED = Object.entries(CASES).filter(
  ([name]) => name !== "$elemMatch with logic" || !TEST_SERVER_FAULTS.elemMatchOfLogic,
);

/** The suite that the reader must pass on every database. */
function callReaderSuite(openDatabase: () => Promise<FreshDatabase>): void {
  const list = (reader: CallReader, input: unknown) =>
    reader.list({ projectId: PROJECT, input: listInput.parse(input) });
  const idsOf = (records: readonly Document[]) => records.map((record) => String(record["_id"]));

  describe("hand-made calls", () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await openWith(HAND_MADE, await openDatabase());
    });
    afterAll(() => opened.close());

    test.each(ANSWERED)("%s", async (_, [query, found]) => {
      const page = await list(opened.reader, { query, sort: { _id: 1 } });
      expect(idsOf(page.data)).toEqual(found.map((number) => idOf(number)));
      expect(page.count).toBe(found.length);
      expect(
        await opened.reader.count({ projectId: PROJECT, query: queryInput.parse(query) }),
      ).toEqual({ count: found.length });
      const expected = opened.documents.filter((call) => finds(query, call));
      expect(idsOf(expected)).toEqual(found.map((number) => idOf(number)));
    });

    test("every operator has a case", () => {
      const text = JSON.stringify(Object.values(CASES));
      expect(ALL_OPERATORS.filter((name) => !text.includes(`"${name}"`))).toEqual([]);
    });

    test("only what was selected is fetched", async () => {
      const select = {
        status: true,
        incident: { title: true },
        project: { name: true },
        team: true,
      };
      const { data } = await list(opened.reader, { select, query: { _id: idOf(1) } });
      const { createdAt, ...rest } = data[0] ?? { _id: "" };
      expect(createdAt).toEqual(at(1));
      expect(rest).toEqual({
        _id: idOf(1),
        status: "Completed",
        incidentId: INCIDENT,
        incident: HAND_MADE[0]?.["incident"],
        projectId: PROJECT,
      });
    });

    test("of a relation without columns the id alone is fetched", async () => {
      const select = selectInput.parse({ incident: true });
      const item = await opened.reader.item({ projectId: PROJECT, id: idOf(1), select });
      expect(item).toEqual({ _id: idOf(1), incidentId: INCIDENT });
    });

    test("an item is found in its project alone", async () => {
      const select = selectInput.parse({ status: true });
      const item = (id: string) => opened.reader.item({ projectId: PROJECT, id, select });
      expect(await item(idOf(2))).toEqual({ _id: idOf(2), status: "Busy" });
      expect(await item(idOf(2, OTHER_PROJECT))).toBeUndefined();
      expect(await item("99999999-28fe-11f1-b591-3fdcef396aba")).toBeUndefined();
    });

    test("items that are asked for at once are told apart by id, project and selection", async () => {
      const status = selectInput.parse({ status: true });
      const number = selectInput.parse({ toNumber: true });
      const requests = [
        { projectId: PROJECT, id: idOf(1), select: status },
        { projectId: PROJECT, id: idOf(2), select: status },
        { projectId: PROJECT, id: idOf(2), select: status },
        { projectId: PROJECT, id: idOf(2), select: number },
        { projectId: PROJECT, id: idOf(2, OTHER_PROJECT), select: status },
        { projectId: OTHER_PROJECT, id: idOf(2), select: status },
        { projectId: PROJECT, id: "99999999-28fe-11f1-b591-3fdcef396aba", select: status },
      ];
      const alone: unknown[] = [];
      for (const request of requests) alone.push(await opened.reader.item(request));
      expect(alone[1]).toEqual({ _id: idOf(2), status: "Busy" });
      expect(alone[3]).toMatchObject({ _id: idOf(2), toNumber: expect.any(String) as string });
      expect(alone.slice(4)).toEqual([undefined, undefined, undefined]);
      opened.commands.length = 0;
      const together = requests.map((request) => opened.reader.item(request));
      expect(await Promise.all(together)).toEqual(alone);
      expect(opened.commands).toHaveLength(3);
    });

    test("past the end there is nothing, and the count stays", async () => {
      expect(await list(opened.reader, { skip: 1_000_000 })).toEqual({
        data: [],
        count: 6,
        skip: 1_000_000,
        limit: 10,
      });
    });

    test("every query has a time limit", async () => {
      opened.commands.length = 0;
      const query = { createdAt: { $gte: new Date("2020-02-02T02:02:02Z") } };
      await list(opened.reader, { query });
      await opened.reader.count({ projectId: PROJECT, query: queryInput.parse(query) });
      await opened.reader.item({ projectId: PROJECT, id: idOf(1), select: selectInput.parse({}) });
      const limits = opened.commands.map(
        ({ command }): unknown => (command as Document)["maxTimeMS"],
      );
      expect(new Set(limits)).toEqual(new Set([5000]));
      // A page, the pages of sums, two counts, an item.
      expect(limits).toHaveLength(5);
    });
  });

  describe("all kinds of calls", () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await openWith(ALL_CALLS, await openDatabase());
    });
    afterAll(() => opened.close());

    test("any query and sort answer as the specification says", async () => {
      await fc.assert(
        fc.asyncProperty(anyQuery, anySort, async (query, sort) => {
          const parsed = listInput.safeParse({ query, sort, limit: 100 });
          fc.pre(!parsed.error?.message.includes("at most 50 are allowed"));
          const page = await list(opened.reader, { query, sort, limit: 100 });
          const expected = sorted(
            opened.documents.filter((call) => finds(query, call)),
            sort,
          );
          expect(idsOf(page.data)).toEqual(idsOf(expected));
          expect(page.count).toBe(expected.length);
        }),
        { numRuns: databaseRuns(1000) },
      );
    }, 120_000);

    test.each([
      { name: "words", queries: anyWords },
      { name: "hard texts", queries: hardTextQuery },
    ])("what the validator takes, the database answers: $name", async ({ queries }) => {
      const own = new Set(idsOf(opened.documents));
      await fc.assert(
        fc.asyncProperty(queries, anyWords, async (query, sort) => {
          const parsed = [{ query, sort }, { query }]
            .map((given) => listInput.safeParse(given))
            .find(({ success }) => success);
          const input = parsed?.data ?? listInput.parse({});
          const { data } = await opened.reader.list({ projectId: PROJECT, input });
          expect(idsOf(data).filter((id) => !own.has(id))).toEqual([]);
        }),
        { numRuns: databaseRuns(300) },
      );
    });

    test.each([
      [{ createdAt: -1 }],
      [{ createdAt: "ASC" }],
      [{ createdAt: -1, _id: 1 }],
      [{ createdAt: 1, _id: -1 }],
      [undefined],
    ])("pages by cursor with the sort %j give the whole list once", async (sort) => {
      const query = { attemptCount: op("GreaterThan", 0) };
      const expected = sorted(
        opened.documents.filter((call) => finds(query, call)),
        sort,
      );
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(opened.reader, {
          query,
          sort,
          limit: 4,
          ...(cursor && { cursor }),
        });
        expect(page.count).toBe(expected.length);
        ids.push(...idsOf(page.data));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(ids).toEqual(idsOf(expected));
    });

    test("pages by skip give the whole list once", async () => {
      const pages = await Promise.all(
        [0, 15, 30, 45].map((skip) =>
          list(opened.reader, { skip, limit: 15, sort: { status: 1 } }),
        ),
      );
      expect(idsOf(pages.flatMap(({ data }) => data))).toEqual(
        idsOf(sorted(opened.documents, { status: 1 })),
      );
      expect(pages.every(({ nextCursor }) => nextCursor === undefined)).toBe(true);
    });

    test("there is no cursor for a sort with more than createdAt", async () => {
      const sort = { createdAt: 1, status: 1 };
      expect((await list(opened.reader, { sort, limit: 1 })).nextCursor).toBeUndefined();
    });

    test("there is no cursor without a further page", async () => {
      const { count, nextCursor } = await list(opened.reader, { limit: ALL_CALLS.length });
      expect({ count, nextCursor }).toEqual({ count: ALL_CALLS.length, nextCursor: undefined });
      expect((await list(opened.reader, { limit: ALL_CALLS.length - 1 })).nextCursor).toBeDefined();
    });

    test("a cursor of another query, sort or project is refused, and so is any other text", async () => {
      const { nextCursor: cursor = "" } = await list(opened.reader, { limit: 1 });
      const refused = [
        { cursor, query: { status: "Busy" } },
        { cursor, sort: { createdAt: 1 } },
        { cursor, sort: { status: 1 } },
        { cursor: "x" },
        { cursor: Buffer.from("{}").toString("base64url") },
        { cursor: Buffer.from("null").toString("base64url") },
      ];
      for (const input of refused)
        await expect(list(opened.reader, input)).rejects.toThrow(/^cursor: /);
      const foreign = opened.reader.list({
        projectId: OTHER_PROJECT,
        input: listInput.parse({ cursor }),
      });
      await expect(foreign).rejects.toThrow(CallLogError);
    });
  });
}

onEachDatabase((server, fresh) => {
  describe(`on ${server}`, () => {
    callReaderSuite(fresh);
  });
});

function failingReader(error: Error) {
  const fail = () => Promise.reject(error);
  const collection = {
    find: () => ({ toArray: fail }),
    db: { command: fail },
    collectionName: "any",
  };
  return createCallReader({
    callLogs: collection,
    periodSums: collection,
  } as unknown as Collections);
}

test("a search that takes too long is said so, and other errors stay as they are", async () => {
  const slow = failingReader(
    new MongoServerError({ code: 50, message: "operation exceeded time limit" }),
  );
  const list = slow.list({ projectId: "p", input: listInput.parse({}) });
  await expect(list).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringMatching(/^query: .* createdAt, or send inParts/) as string,
  });
  const count = slow.count({ projectId: "p", query: queryInput.parse({}) });
  await expect(count).rejects.toThrow(CallLogError);
  const broken = failingReader(new MongoServerError({ code: 2, message: "bad value" }));
  await expect(broken.count({ projectId: "p", query: queryInput.parse({}) })).rejects.toThrow(
    "bad value",
  );
});
