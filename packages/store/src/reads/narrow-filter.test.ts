import { listInput, queryInput } from "@call-log/model";
import { callRecord, databaseRuns, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import fc from "fast-check";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { CallDocument } from "../calls/call-document.ts";
import { lookupOf, TERMS_LATER } from "../calls/call-lookup.ts";
import { openCollections } from "../collections.ts";
import { ensureIndexes } from "../indexes.ts";
import { patientReader } from "../testing/patient-reader.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const CALLS = 300;

/** A number of few different digits, so that parts of it are found in others; some as an import may have written them. */
const aNumber = fc
  .tuple(fc.constantFrom("+1", "+49", "0", "1 "), fc.stringMatching(/^[0-2]{4,8}$/))
  .chain(([start, digits]) =>
    fc.constantFrom(start + digits, start + digits, `${start}(${digits.slice(0, 3)}) ${digits}`),
  );
const aPart = fc.oneof(
  fc.stringMatching(/^\+?[0-2]{1,6}$/),
  fc.stringMatching(/^\+?(1|49)[0-2]{0,5}$/),
  fc.constantFrom("+", "(", "1 (", "A"),
);
const OPERATORS = {
  StartsWith: (number: string, part: string) => number.startsWith(part),
  EndsWith: (number: string, part: string) => number.endsWith(part),
  Search: (number: string, part: string) => number.includes(part.trim()),
} as const;
type Operator = keyof typeof OPERATORS;
const anOperator = fc.constantFrom(...(Object.keys(OPERATORS) as Operator[]));

interface Numbers {
  _id: string;
  toNumber: string;
  fromNumber: string | undefined;
}

function suite(fresh: () => Promise<FreshDatabase>): void {
  let database: FreshDatabase;
  let client: MongoClient;
  const db = () => client.db(database.databaseName);
  const calls = () => db().collection<CallDocument>("callLogs");
  const present: Numbers[] = [];

  beforeAll(async () => {
    database = await fresh();
    client = await MongoClient.connect(database.uri);
    await ensureIndexes(db());
    const numbers = fc.sample(fc.tuple(aNumber, fc.option(aNumber)), { numRuns: CALLS, seed: 7 });
    const from = [...new Set(numbers.map(([, number]) => number))].slice(0, 12);
    const records = numbers.map(([toNumber], index) => {
      const fromNumber = from[index % from.length] ?? undefined;
      const _id = `01a21494-7f6b-7000-8000-${String(index).padStart(12, "0")}`;
      present.push({ _id, toNumber, fromNumber });
      const createdAt = new Date(Date.UTC(2026, 10, 24, 3, index));
      const record = callRecord({ _id, projectId: PROJECT, createdAt, toNumber });
      const { fromNumber: _fixture, ...rest } = record;
      return { ...rest, ...(fromNumber !== undefined && { fromNumber }) } as CallDocument;
    });
    const documents = records.map((record, index) => {
      const lookup = lookupOf(record);
      return { ...record, lookup: index % 10 === 0 ? { ...lookup, terms: [TERMS_LATER] } : lookup };
    });
    await calls().insertMany(documents);
    const other = callRecord({ projectId: "another", toNumber: "+12012012" });
    await calls().insertOne({ ...other, lookup: lookupOf(other) });
  });
  afterAll(async () => {
    await client.close();
    await database.close();
  });

  const asked = fc.record({
    path: fc.constantFrom("toNumber" as const, "fromNumber" as const),
    operator: anOperator,
    part: aPart,
  });

  async function expectPlainAnswers(numRuns: number) {
    const reader = patientReader(openCollections(db()));
    await fc.assert(
      fc.asyncProperty(asked, async ({ path, operator, part }) => {
        const query = { [path]: { _type: operator, value: part } };
        const holds = (one: Numbers) => OPERATORS[operator](one[path] ?? "", part) && one[path];
        const matching = present.filter(holds).map(({ _id }) => _id);
        const input = listInput.parse({ query, limit: 100 });
        const { data, count } = await reader.list({ projectId: PROJECT, input });
        expect(count).toBe(matching.length);
        expect(data.map(({ _id }) => _id)).toEqual(matching.toReversed().slice(0, 100));
        const counted = reader.count({ projectId: PROJECT, query: queryInput.parse(query) });
        expect(await counted).toEqual({ count });
      }),
      { numRuns },
    );
  }

  test("parts of numbers find what a scan finds", async () => {
    await expectPlainAnswers(databaseRuns(200));
  });

  test("also while calls of an older release lack what they are found by", async () => {
    const ids = present.filter((_, index) => index % 7 === 0).map(({ _id }) => _id);
    await calls().updateMany({ _id: { $in: ids } }, { $unset: { lookup: "" } });
    await expectPlainAnswers(databaseRuns(50));
  });
}

onEachDatabase((name, fresh) => {
  describe(`parts of numbers on ${name}`, () => {
    suite(fresh);
  });
});
