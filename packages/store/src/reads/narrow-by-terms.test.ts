import { listInput } from "@call-log/model";
import { callRecord, databaseRuns, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import fc from "fast-check";
import { type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { CallDocument } from "../calls/call-document.ts";
import { lookupOf, TERMS_LATER } from "../calls/call-lookup.ts";
import { openCollections } from "../collections.ts";
import { connectStore } from "../connect-store.ts";
import { ensureIndexes } from "../indexes.ts";
import { patientReader } from "../testing/patient-reader.ts";
import {
  aCallWithTexts,
  aPartOf,
  aTextOperator,
  queryOn,
  TEXT_OPERATORS,
  TEXT_PATHS,
  textsAt,
} from "../testing/random-texts.ts";
import { termCondition } from "./narrow-by-terms.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const CALLS = 200;

function suite(fresh: () => Promise<FreshDatabase>): void {
  let database: FreshDatabase;
  let client: MongoClient;
  const db = () => client.db(database.databaseName);
  const calls = () => db().collection<CallDocument>("callLogs");
  const present: CallDocument[] = [];

  beforeAll(async () => {
    database = await fresh();
    client = await MongoClient.connect(database.uri);
    await ensureIndexes(db());
    for (const [index, call] of fc.sample(aCallWithTexts, { numRuns: CALLS, seed: 7 }).entries())
      present.push(call(PROJECT, index));
    await calls().insertMany(present);
  });
  afterAll(async () => {
    await client.close();
    await database.close();
  });

  test("a part of a text finds what a scan finds", async () => {
    const reader = patientReader(openCollections(db()));
    const asked = fc.record({
      path: fc.constantFrom(...TEXT_PATHS),
      operator: aTextOperator,
      part: aPartOf(present),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ path, operator, part }) => {
        const query = queryOn(path, { _type: operator, value: part });
        const holds = (call: Document) =>
          textsAt(call, path).some((text) => TEXT_OPERATORS[operator](text, part));
        const input = listInput.parse({ query, limit: 100 });
        const { data, count } = await reader.list({ projectId: PROJECT, input });
        const matching = present.filter(holds).map(({ _id }) => _id);
        expect(count).toBe(matching.length);
        expect(data.map(({ _id }) => _id)).toEqual(matching.toReversed().slice(0, 100));
      }),
      { numRuns: databaseRuns(100) },
    );
  });

  test("a text in one of several properties finds what a scan finds", async () => {
    const reader = patientReader(openCollections(db()));
    await fc.assert(
      fc.asyncProperty(aPartOf(present), async (part) => {
        const query = {
          any: { _type: "MultiSearch", value: part, fields: ["callData.message", "tags"] },
        };
        const input = listInput.parse({ query, limit: 100 });
        const holds = (call: Document) =>
          [...textsAt(call, "callData.message"), ...textsAt(call, "tags")].some((text) =>
            TEXT_OPERATORS.Search(text, part),
          );
        const { data } = await reader.list({ projectId: PROJECT, input });
        const matching = present.filter(holds).map(({ _id }) => _id);
        expect(data.map(({ _id }) => _id)).toEqual(matching.toReversed().slice(0, 100));
      }),
      { numRuns: databaseRuns(30) },
    );
  });

  test("a call of an older release that lacks what it is found by is found", async () => {
    const projectId = "0d0e6679-7425-40de-944b-e07fc1f90ae7";
    const record = callRecord({ projectId, callData: { message: "The last: ok" } });
    await calls().insertOne(record);
    const query = { callData: { message: { _type: "Search", value: "The last: ok" } } };
    const reader = patientReader(openCollections(db()));
    const { data } = await reader.list({ projectId, input: listInput.parse({ query }) });
    expect(data.map(({ _id }) => _id)).toEqual([record._id]);
  });

  test("a call under way is found by words and digits, and is written with its terms when it ends", async () => {
    const store = await connectStore(database);
    const { _id: projectId } = await store.projects.create({ name: "Shop" });
    const texts = { callData: { message: "The disk: full" }, toNumber: "+15554711999" };
    const { wakeAt: _, ...record } = callRecord({ projectId, status: "Ringing", ...texts });
    await store.calls.insertMany([record]);
    const reader = patientReader(openCollections(db()));
    const found = async (query: object) => {
      const { data, count } = await reader.list({ projectId, input: listInput.parse({ query }) });
      return [data.map(({ _id }) => _id), count];
    };
    const termsOf = async (_id: string) => (await calls().findOne({ _id }))?.lookup?.terms;
    const expectFound = async () => {
      const words = { callData: { message: { _type: "Search", value: "The disk: full" } } };
      const digits = { toNumber: { _type: "Search", value: "54711" } };
      for (const query of [words, digits]) expect(await found(query)).toEqual([[record._id], 1]);
    };
    await expectFound();
    expect(await termsOf(record._id)).toEqual([TERMS_LATER]);
    await store.calls.replace({ ...record, status: "Completed" });
    expect(await termsOf(record._id)).toEqual(lookupOf(record).terms);
    await expectFound();
    await store.close();
  });

  test("nothing is left out when many calls have more words than are kept", async () => {
    const projectId = "another";
    const message = `${Array.from({ length: 60 }, (_, number) => `x${number}`).join(" ")} the last: ok`;
    const record = callRecord({ projectId, callData: { message } });
    const search = (text: string) =>
      listInput.parse({ query: { callData: { message: { _type: "Search", value: text } } } }).query;
    const within = {
      calls: calls(),
      projectId,
      maxTimeMS: 5000,
      isFilledIn: () => Promise.resolve(true),
    };
    await calls().insertOne({ ...record, lookup: lookupOf(record) });
    const condition = { kind: "leaf", path: "lookup.terms" };
    expect(await termCondition(within, search("and x1 "))).toBeUndefined();
    expect(await termCondition(within, search("x0 x1 x2"))).toEqual({
      ...condition,
      test: { kind: "is", value: "x1" },
    });
    expect(await termCondition(within, search("the last: ok"))).toEqual({
      ...condition,
      test: { kind: "in", values: ["las", "+", "…"] },
    });
    const more = Array.from({ length: 1000 }, () =>
      callRecord({ projectId, callData: { message } }),
    );
    await calls().insertMany(more.map((one) => ({ ...one, lookup: lookupOf(one) })));
    expect(await termCondition(within, search("the last: ok"))).toBeUndefined();
  });
}

onEachDatabase((name, fresh) => {
  describe(`words of texts on ${name}`, () => {
    suite(fresh);
  });
});
