import { searchTerms } from "@call-log/model";
import { callRecord, databaseRuns, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import fc from "fast-check";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { CallDocument } from "../calls/call-document.ts";
import { lookupOf, TERMS_LATER } from "../calls/call-lookup.ts";
import { ensureIndexes } from "../indexes.ts";
import { textPattern } from "../queries/filter-pattern.ts";
import { findByTerms } from "./find-by-terms.ts";
import { scanRecentCalls } from "./scan-recent-calls.ts";

const PROJECT = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
const CALLS = 200;

const WORDS =
  "Straße STRASSE ΣΑΣ σας Kelvin \u212Aelvin database Datei down é QA no 4711 mañana λόγος 數據庫 🔥 İzmir x1y2";
const aWord = fc.constantFrom(...WORDS.split(" "));
const aText = fc
  .array(fc.tuple(aWord, fc.constantFrom(" ", "-", ", ", "@", ".")), { minLength: 1, maxLength: 4 })
  .map((words) => words.flat().join(""));
const aCall = fc.record({
  title: fc.option(aText),
  name: fc.option(aText),
  message: fc.option(aText),
  tags: fc.array(aWord, { maxLength: 2 }),
  digits: fc.stringMatching(/^[12]{7}$/),
});

/** One call in ten is under way. */
function areLater(id: string): boolean {
  return id.endsWith("0");
}

function suite(fresh: () => Promise<FreshDatabase>): void {
  let database: FreshDatabase;
  let client: MongoClient;
  const calls = () => client.db(database.databaseName).collection<CallDocument>("callLogs");
  const within = () => ({ calls: calls(), projectId: PROJECT, maxTimeMS: 5000 });
  const texts: string[] = [];
  const numbers: string[] = [];

  beforeAll(async () => {
    database = await fresh();
    client = await MongoClient.connect(database.uri);
    await ensureIndexes(client.db(database.databaseName));
    const given = fc.sample(aCall, { numRuns: CALLS, seed: 7 });
    const records = given.map(({ title, name, message, tags, digits }, index) => {
      for (const text of [title, name, message, ...tags]) if (text !== null) texts.push(text);
      const toNumber = `+49${digits}`;
      numbers.push(toNumber);
      return callRecord({
        _id: `01a21494-7f6b-7000-8000-${String(index).padStart(12, "0")}`,
        projectId: PROJECT,
        createdAt: new Date(Date.UTC(2026, 10, 24, 3, index)),
        toNumber,
        tags,
        callData: message === null ? {} : { message },
        ...(title !== null && { incident: { _id: "i", title } }),
        ...(name !== null && { user: { _id: "u", name } }),
      });
    });
    const documents = records.map((record) => {
      const lookup = lookupOf(record);
      return {
        ...record,
        lookup: areLater(record._id) ? { ...lookup, terms: [TERMS_LATER] } : lookup,
      };
    });
    await calls().insertMany(documents);
  });
  afterAll(async () => {
    await client.close();
    await database.close();
  });

  const idsOf = (found: readonly { _id: string }[]) => found.map(({ _id }) => _id);
  const textsIn = (call: { [name: string]: unknown }) =>
    [call["incident"], call["user"], call["callData"], { tags: call["tags"] }]
      .flatMap((part) => Object.values((part ?? {}) as object))
      .flat();

  test("what stands at the beginning of words is found as a scan finds it", async () => {
    const asked = fc
      .tuple(fc.nat(), fc.nat(), fc.nat())
      .map(([which, from, length]) => {
        const words = [...texts[which % texts.length]!.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
        const text = texts[which % texts.length]!;
        const start = words.length === 0 ? 0 : words[from % words.length]!.index;
        return Array.from(text.slice(start))
          .slice(0, 3 + (length % 12))
          .join("")
          .trim();
      })
      .filter((text) => (text.match(/[\p{L}\p{M}\p{N}]+/gu)?.[0].length ?? 0) >= 3);
    await fc.assert(
      fc.asyncProperty(asked, async (text) => {
        const terms = searchTerms(text, []);
        const scanned = await scanRecentCalls(within(), terms);
        const { found, isCut } = await findByTerms(within(), terms);
        expect(isCut).toBe(false);
        const all = new Set(idsOf(scanned.found));
        for (const id of idsOf(found)) expect(all).toContain(id);
        const atStart = new RegExp(
          `(?<![\\p{L}\\p{M}\\p{N}])${textPattern(text, "anywhere")}`,
          "u",
        );
        const expected = scanned.found.filter((call) =>
          textsIn(call as never).some((one) => typeof one === "string" && atStart.test(one)),
        );
        expect(expected).not.toEqual([]);
        expect(idsOf(found)).toEqual(expect.arrayContaining(idsOf(expected)));
      }),
      { numRuns: databaseRuns(150) },
    );
  });

  test("four digits and more of a number are found as a scan finds them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[12]{4,7}$/), async (digits) => {
        const { found } = await findByTerms(within(), searchTerms(digits, []));
        const expected = numbers.filter((number) => number.includes(digits)).length;
        const byNumber = found.filter(({ toNumber = "" }) => toNumber.includes(digits));
        expect(new Set(idsOf(byNumber)).size).toBe(expected);
      }),
      { numRuns: databaseRuns(40) },
    );
  });

  test("of many calls with the same word the newest are looked at", async () => {
    const word = { text: "database", numberStarts: [] };
    const all = await findByTerms(within(), word);
    const { found } = await findByTerms(within(), word, 3);
    const byTerm = (result: typeof all) => idsOf(result.found).filter((id) => !areLater(id));
    expect(byTerm(all).length).toBeGreaterThan(3);
    expect(byTerm({ found, isCut: false })).toEqual(byTerm(all).slice(0, 3));
    // The rarer of two words decides, so that the common one hides nothing.
    const rare = await findByTerms(within(), { text: "4711", numberStarts: [] }, CALLS);
    expect(rare.found.length).toBeGreaterThan(0);
  });

  test("what was deleted from a call, and a deleted call, are found no more", async () => {
    const record = callRecord({ projectId: PROJECT, callData: { message: "Quittenmus" } });
    const { insertedId } = await calls().insertOne({ ...record, lookup: lookupOf(record) });
    const find = async () => (await findByTerms(within(), searchTerms("quitten", []))).found.length;
    expect(await find()).toBe(1);
    const emptied = { ...record, callData: {} };
    await calls().replaceOne({ _id: insertedId }, { ...emptied, lookup: lookupOf(emptied) });
    expect(await find()).toBe(0);
    const left = JSON.stringify(await calls().findOne({ _id: insertedId }));
    expect(left).not.toMatch(/quitte/i);
    await calls().deleteOne({ _id: insertedId });
    const term = { projectId: PROJECT, "lookup.terms": "quitte" };
    expect(await calls().countDocuments(term)).toBe(0);
  });
}

onEachDatabase((name, fresh) => {
  describe(`words on ${name}`, () => {
    suite(fresh);
  });
});
