import { type Filter, listInput, queryInput } from "@call-log/model";
import { callRecord, databaseRuns, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import fc from "fast-check";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";

import { openCollections } from "../collections.ts";
import { createCountCalls, createFigureLogs } from "../rollups/index.ts";
import { patientReader } from "../testing/patient-reader.ts";
import { ofSlowDatabase } from "../testing/slow-database.ts";
import { createCallReader } from "./call-reader.ts";
import { listCalls } from "./list-calls.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const OTHER = "0d0e6679-7425-40de-944b-e07fc1f90ae7";
const START = Date.UTC(2026, 9, 20);
const DAY_MS = 86_400_000;

const aCall = fc.record({
  projectId: fc.constantFrom(PROJECT, PROJECT, PROJECT, OTHER),
  // Several of one moment, and of moments far apart.
  createdAt: fc
    .oneof(fc.nat(3), fc.nat(9 * DAY_MS))
    .map((milliseconds) => new Date(START + milliseconds)),
  status: fc.constantFrom("Completed", "Busy"),
  toNumber: fc.constantFrom("+14165550100", "+4930123456"),
  statusMessage: fc.constantFrom("busy line", "nobody"),
});
const from = new Date(START + 2 * DAY_MS).toISOString();
const aQuery = fc.constantFrom(
  {},
  { status: "Busy" },
  { statusMessage: { _type: "Search", value: "BUSY" } },
  { toNumber: { _type: "EndsWith", value: "0100" }, createdAt: { $gte: from } },
  { createdAt: { $lt: from } },
);

function suite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`lists that take ${name} too long`, () => {
    let database: FreshDatabase;
    let client: MongoClient;
    const collections = () => openCollections(client.db(database.databaseName));

    beforeAll(async () => {
      database = await fresh();
      client = await MongoClient.connect(database.uri);
    });
    beforeEach(async () => {
      await collections().callLogs.deleteMany({});
    });
    afterAll(async () => {
      await client?.close();
      await database?.close();
    });

    const slowReader = (longestMs: number, sliceMs = 0) => {
      const { callLogs, periodSums } = collections();
      const slow = { callLogs: ofSlowDatabase(callLogs, longestMs), periodSums };
      return createCallReader(slow, { sliceMs });
    };
    type Input = z.input<typeof listInput>;
    const ask = (reader: ReturnType<typeof slowReader>, input: Input) =>
      reader.list({ projectId: PROJECT, input: listInput.parse({ inParts: true, ...input }) });

    test("have every call once, page by page, and say how far they have counted", async () => {
      const situation = fc.record({
        given: fc.array(aCall, { maxLength: 15 }),
        query: aQuery,
        direction: fc.constantFrom<1 | -1>(1, -1),
        limit: fc.integer({ min: 1, max: 4 }),
        longestMs: fc.constantFrom(4 * DAY_MS, DAY_MS),
      });
      await fc.assert(
        fc.asyncProperty(situation, async ({ given, query, direction, limit, longestMs }) => {
          await collections().callLogs.deleteMany({});
          if (given.length > 0)
            await collections().callLogs.insertMany(given.map((one) => callRecord(one)));
          // The first answers have time for one window each.
          const readers = [
            slowReader(longestMs),
            slowReader(longestMs),
            slowReader(longestMs, 60_000),
          ];
          const next = (answers: number) => readers[Math.min(answers, 2)]!;
          const plain = patientReader(collections());
          const asked = { query, sort: { createdAt: direction }, limit };
          const ids: string[] = [];
          let page = await ask(next(0), asked);
          for (let answers = 1; ; answers += 1) {
            expect(page.data.length).toBeLessThanOrEqual(limit);
            ids.push(...page.data.map(({ _id }) => _id));
            if (page.nextCursor === undefined) break;
            page = await ask(next(answers), { ...asked, cursor: page.nextCursor });
          }
          const all = await ask(plain, { ...asked, limit: 100 });
          expect(ids).toEqual(all.data.map(({ _id }) => _id));

          const first = { projectId: PROJECT, input: listInput.parse({ inParts: true, ...asked }) };
          const uncounted = await next(2).page(first);
          const { data, nextCursor } = await next(2).list(first);
          expect(uncounted).toEqual({ data, ...(nextCursor !== undefined && { nextCursor }) });

          let counted = 0;
          let older: object = query;
          for (let answers = 0; ; answers += 1) {
            const of = { projectId: PROJECT, query: queryInput.parse(older), inParts: true };
            const { count, countedFrom } = await next(answers).count(of);
            counted += count;
            if (countedFrom === undefined) break;
            older = { $and: [query, { createdAt: { $lt: countedFrom.toISOString() } }] };
          }
          expect(counted).toBe(all.count);
        }),
        { numRuns: databaseRuns(12) },
      );
    });

    const eachDay = (days: number) =>
      collections().callLogs.insertMany(
        Array.from({ length: days }, (_, day) =>
          callRecord({ projectId: PROJECT, createdAt: new Date(START + day * DAY_MS) }),
        ),
      );

    test("are read by date as they were asked for, not by the index that was too slow", async () => {
      await eachDay(4);
      const { callLogs, periodSums } = collections();
      const calls = ofSlowDatabase(callLogs, DAY_MS);
      const limits = { now: () => new Date(START), timeLimitMs: 5000 };
      const among = { collections: { callLogs: calls, periodSums }, ...limits };
      const openLog = createFigureLogs(among);
      const countCalls = createCountCalls({ ...among, openLog });
      const nothing: Filter = { kind: "or", filters: [] };
      const narrowed = () => Promise.resolve(nothing);
      const deps = { calls, countCalls, openLog, narrowed, maxTimeMS: 5000, sliceMs: 60_000 };
      const input = listInput.parse({ inParts: true });
      const found = await listCalls(deps, { projectId: PROJECT, input });
      expect(found).toMatchObject({ count: 4, data: { length: 4 } });
    });

    test("skip as asked, and refuse what cannot be looked for in parts", async () => {
      await eachDay(64);
      const whole = await ask(patientReader(collections()), { skip: 3, limit: 2 });
      expect(await ask(slowReader(DAY_MS, 60_000), { skip: 3, limit: 2 })).toEqual(whole);
      for (const [field, input] of [
        ["sort", { sort: { status: 1 } }],
        ["skip", { skip: 40 }],
        ["skip", { skip: 10_001 }],
      ] as const)
        await expect(ask(slowReader(DAY_MS), input)).rejects.toMatchObject({
          code: "BAD_REQUEST",
          message: expect.stringMatching(`^${field}: takes the database too long`) as string,
        });
    });

    test("tell a database that answers nothing from one that is slow", async () => {
      await eachDay(4);
      await expect(ask(slowReader(0), {})).rejects.toMatchObject({ code: 50 });
    });

    test("are all or nothing for who does not ask for parts", async () => {
      await eachDay(4);
      const reader = slowReader(DAY_MS);
      const query = queryInput.parse({});
      const expected = { code: "BAD_REQUEST" };
      await expect(ask(reader, { inParts: false })).rejects.toMatchObject(expected);
      await expect(reader.count({ projectId: PROJECT, query })).rejects.toMatchObject(expected);
    });
  });
}

onEachDatabase(suite);
