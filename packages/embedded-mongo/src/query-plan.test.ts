import { type Document, Double, Int32 } from "bson";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { decode, encode } from "./bson-bytes.ts";
import { Collection, emptyCollection } from "./collection.ts";
import { Deadline } from "./deadline.ts";
import { CommandError } from "./errors.ts";
import { type Query, countDocuments, findDocuments, planFor } from "./find-documents.ts";
import { FULL_RANGE, ID_BYTES, newIndexState, RECORD_BYTES } from "./index-entries.ts";
import { ID_INDEX, parseIndexSpec } from "./index-spec.ts";
import { type OpenStorage, openTemporaryStorage } from "./open-storage.ts";
import { parseFilter } from "./parse-filter.ts";
import { type QueryPlan, planQuery } from "./query-plan.ts";
import { parseSort } from "./sort-documents.ts";
import { NEWEST } from "./storage.ts";
import { atOnce } from "./turns.ts";

const typed = (value: Document): Document => decode(encode(value));
const spec = (key: Document, options: Document = {}): ReturnType<typeof parseIndexSpec> =>
  parseIndexSpec(typed({ key, name: Object.entries(key).flat().join("_"), ...options }));

function plan(query: Document, sort: Document, ...specs: ReturnType<typeof spec>[]): QueryPlan {
  const indexes = specs.map((own) => newIndexState(0, own));
  return planQuery({ filter: parseFilter(typed(query)), sort: parseSort(typed(sort)) }, indexes);
}

const LIST = spec({ projectId: 1, status: 1, createdAt: -1, _id: -1 });

describe("planQuery", () => {
  test("serves equality and sort from one index", () => {
    const query = { $and: [{ projectId: "x" }, { status: "Completed" }] };
    expect(plan(query, { createdAt: -1, _id: -1 }, spec({ projectId: 1 }), LIST)).toMatchObject({
      index: "projectId_1_status_1_createdAt_-1__id_-1",
      sorted: true,
      reverse: false,
      exact: true,
    });
    expect(plan(query, { createdAt: 1, _id: 1 }, LIST)).toMatchObject({
      sorted: true,
      reverse: true,
    });
    expect(plan(query, { createdAt: 1, _id: -1 }, LIST)).toMatchObject({
      sorted: false,
      sortedBy: 1,
    });
  });

  test("prefers an index that begins in the order, unless another one finds fewer", () => {
    const byNumber = spec({ projectId: 1, toNumber: 1, createdAt: -1, _id: -1 });
    const planOf = (query: Document, sort: Document) =>
      plan({ projectId: "x", ...query }, sort, LIST, byNumber);
    const ascending = { toNumber: 1, _id: 1 };
    const part = { index: byNumber.name, sorted: false, sortedBy: 1 };
    expect(planOf({}, ascending)).toMatchObject({ ...part, reverse: false });
    expect(planOf({}, { toNumber: -1, _id: -1 })).toMatchObject({ ...part, reverse: true });
    const none = { index: LIST.name, sorted: false, sortedBy: 0 };
    expect(planOf({ status: "Busy" }, ascending)).toMatchObject(none);
    // One range after the other is no order.
    const several = { status: { $in: ["A", "B"] } };
    expect(planOf(several, { createdAt: 1, toNumber: 1 })).toMatchObject(none);
  });

  test("ends its search at one key of a unique index, and at nothing less", () => {
    const [unique, own] = [spec({ id: 1 }, { unique: true }), spec({ a: 1, b: 1 })];
    const both = (id: unknown) => plan({ id, a: 1, b: 1 }, { b: 1 }, unique, own);
    expect(both(1)).toMatchObject({ index: unique.name });
    expect(both({ $gt: 1 })).toMatchObject({ index: own.name });
    expect(plan({ a: 1, b: 1 }, {}, unique, own)).toMatchObject({ index: own.name });
  });

  test("merges the ranges of $in to keep the order", () => {
    const found = plan(
      { projectId: "x", status: { $in: ["A", "B", "A"] } },
      { createdAt: -1 },
      LIST,
    );
    expect(found).toMatchObject({ sorted: true, mergeBy: [{ position: 2, direction: -1 }] });
    expect(found.kind === "index" && found.ranges).toHaveLength(2);
  });

  test("bounds a range on both sides", () => {
    const found = plan({ a: { $gt: 1, $lte: 5 } }, {}, spec({ a: 1 }));
    expect(found).toMatchObject({
      exact: true,
      ranges: [{ low: { values: [new Int32(1)] }, high: { values: [new Int32(5)] } }],
    });
  });

  test("uses a sparse or partial index only for queries that it holds", () => {
    const sparse = spec({ a: 1 }, { sparse: true });
    expect(plan({ a: null }, {}, sparse).kind).toBe("collection");
    expect(plan({}, { a: 1 }, sparse).kind).toBe("collection");
    expect(plan({ a: 1 }, {}, sparse).kind).toBe("index");
    const partial = spec({ a: 1 }, { partialFilterExpression: { b: { $gt: 5 } } });
    expect(plan({ a: 1 }, {}, partial).kind).toBe("collection");
    expect(plan({ a: 1, b: { $gt: 4 } }, {}, partial).kind).toBe("collection");
    expect(plan({ a: 1, b: { $gte: 6 } }, {}, partial).kind).toBe("index");
    expect(plan({ a: 1, b: 7 }, {}, partial).kind).toBe("index");
  });

  test("joins the branches of $or if each has an index", () => {
    expect(plan({ $or: [{ a: 1 }, { b: 1 }] }, {}, spec({ a: 1 }), spec({ b: 1 })).kind).toBe(
      "union",
    );
    expect(plan({ $or: [{ a: 1 }, { c: 1 }] }, {}, spec({ a: 1 }), spec({ b: 1 })).kind).toBe(
      "collection",
    );
  });

  test(
    "bounds only one field of an array, since each element makes a key",
    changing(() => {
      const own = spec({ "a.b": 1, "a.c": 1 });
      const collection = load([
        {
          a: [
            { b: 1, c: 2 },
            { b: 2, c: 1 },
          ],
        },
      ]);
      collection.addIndex(newIndexState(nextId(), own));
      const filter = parseFilter(typed({ "a.b": 1, "a.c": 1 }));
      const query: Query = { filter, sort: [], skip: 0, limit: 0 };
      expect(planFor(collection, query)).toMatchObject({ index: own.name, exact: false });
      expect(ids(collection, query)).toEqual([1]);
    }),
  );

  test("reads ranges of a multikey field one at a time", () => {
    const index = { ...newIndexState(0, spec({ a: 1 })), multikey: [true] };
    const filter = parseFilter(typed({ a: { $gt: 1, $lt: 3 } }));
    expect(planQuery({ filter, sort: [] }, [index])).toMatchObject({
      exact: false,
      ranges: [{ low: { values: [new Int32(1)] } }],
    });
  });

  test("reads one value of a list in the order of what follows it, and counts its keys", () => {
    const tags = spec({ projectId: 1, tags: 1, createdAt: -1, _id: -1 });
    const index = { ...newIndexState(0, tags), multikey: [false, true, false, false] };
    const planOf = (query: Document, order: Document) =>
      planQuery({ filter: parseFilter(typed(query)), sort: parseSort(typed(order)) }, [index]);
    const newest = { createdAt: -1, _id: -1 };
    const one = { projectId: "x", tags: "night" };
    expect(planOf(one, newest)).toMatchObject({ sorted: true, reverse: false, exact: true });
    expect(planOf({ ...one, createdAt: { $gt: 1 } }, newest)).toMatchObject({ exact: true });
    const several = { projectId: "x", tags: { $in: ["night", "day"] } };
    expect(planOf(several, newest)).toMatchObject({
      sorted: true,
      exact: false,
      mergeBy: [{ position: 2 }, { position: 3 }],
    });
    const both = { projectId: "x", $and: [{ tags: "night" }, { tags: "day" }] };
    expect(planOf(both, newest)).toMatchObject({ sorted: true, exact: false });
    expect(planOf(one, { tags: 1, createdAt: -1 })).toMatchObject({ sorted: false });
  });
});

const scalar = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom(null, "x", "y", true),
  fc.constantFrom(0.5, 1).map((value) => new Double(value)),
);
const value = fc.oneof(
  { arbitrary: scalar, weight: 5 },
  {
    arbitrary: fc.array(
      fc.oneof(
        scalar,
        fc.record({ b: scalar, c: scalar }, { requiredKeys: [], noNullPrototype: true }),
      ),
      { maxLength: 3 },
    ),
    weight: 2,
  },
  {
    arbitrary: fc.record({ b: scalar, c: scalar }, { requiredKeys: [], noNullPrototype: true }),
    weight: 1,
  },
);
const path = fc.constantFrom("a", "b", "a.b", "a.c");
const documents = fc.array(
  fc.record({ a: value, b: scalar }, { requiredKeys: [], noNullPrototype: true }),
  { maxLength: 12 },
);
const condition = fc.oneof(
  fc.tuple(path, scalar).map(([at, operand]): Document => ({ [at]: operand })),
  fc
    .tuple(path, fc.constantFrom("$gt", "$gte", "$lt", "$lte", "$ne"), scalar)
    .map(([at, name, operand]): Document => ({ [at]: { [name]: operand } })),
  fc
    .tuple(path, scalar, scalar)
    .map(([at, low, high]): Document => ({ [at]: { $gte: low, $lte: high } })),
  fc
    .tuple(path, fc.array(scalar, { maxLength: 3 }))
    .map(([at, $in]): Document => ({ [at]: { $in } })),
  fc.tuple(path, fc.boolean()).map(([at, $exists]): Document => ({ [at]: { $exists } })),
  fc.tuple(scalar, scalar).map(([b, c]): Document => ({ a: { $elemMatch: { b, c } } })),
);
const query = fc.oneof(
  fc.array(condition, { minLength: 1, maxLength: 3 }).map(($and): Document => ({ $and })),
  fc.array(condition, { minLength: 1, maxLength: 3 }).map(($or): Document => ({ $or })),
);
const keyOf = fc
  .uniqueArray(fc.tuple(path, fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 3,
    selector: ([at]) => at,
  })
  .map((fields): Document => Object.fromEntries(fields));
const options = fc.constantFrom<Document>(
  {},
  {},
  { sparse: true },
  { partialFilterExpression: { b: { $exists: true } } },
  { partialFilterExpression: { a: { $gte: 1 } } },
);

let storage: OpenStorage;
let lastId = 0;

beforeAll(async () => (storage = await openTemporaryStorage()));
afterAll(() => storage.close());

function nextId(): number {
  lastId += 1;
  return lastId;
}

function load(list: readonly Document[]): Collection {
  const idIndex = newIndexState(nextId(), parseIndexSpec(ID_INDEX));
  const state = emptyCollection("test.documents", nextId(), [idIndex]);
  const collection = new Collection(storage.storage, NEWEST, state);
  for (const [index, fields] of list.entries()) {
    const bytes = encode({ _id: index, ...fields });
    collection.insert(bytes, decode(bytes));
  }
  return collection;
}

/** Runs a test within a transaction, where a collection can be changed. */
function changing(run: () => void): () => void {
  return () => storage.storage.transactNow(run);
}

function ids(collection: Collection, own: Query): number[] {
  const { documents } = atOnce(findDocuments(collection, own, new Deadline(undefined)));
  return documents.map((stored) => stored.record);
}

/** Each entry of the second index: what it sorts by, and the id of its document. */
function entriesOf(collection: Collection): unknown[] {
  const entries = [...(collection.indexes[1]?.scan(FULL_RANGE) ?? [])];
  return entries.map(({ key, record }) => [
    Buffer.from(key).subarray(ID_BYTES, -RECORD_BYTES).toString("hex"),
    collection.get(record)?.value["_id"],
  ]);
}

describe("an index", () => {
  test(
    "never changes an answer",
    changing(() => {
      const cases = fc.record({
        list: documents,
        source: query,
        key: keyOf,
        extra: options,
        order: keyOf,
        endsWithId: fc.boolean(),
      });
      fc.assert(
        fc.property(cases, ({ list, source, key: start, extra, order, endsWithId }) => {
          const key = endsWithId ? { ...start, _id: 1 } : start;
          const plain = load(list);
          const indexed = load(list);
          try {
            indexed.addIndex(newIndexState(nextId(), spec(key, extra)));
            const second = spec(endsWithId ? { ...order, _id: 1 } : order);
            indexed.addIndex(newIndexState(nextId(), { ...second, name: "second" }));
          } catch (error) {
            fc.pre(!(error instanceof CommandError && error.code === 171));
            throw error;
          }
          const all: Query = { filter: parseFilter(typed(source)), sort: [], skip: 0, limit: 0 };
          for (const sort of [{ b: order["b"] === -1 ? -1 : 1 }, order]) {
            const inOrder = { ...all, sort: parseSort(typed({ ...sort, _id: 1 })) };
            const expected = ids(plain, inOrder);
            expect(ids(indexed, inOrder)).toEqual(expected);
            expect(ids(indexed, { ...inOrder, skip: 1, limit: 2 })).toEqual(expected.slice(1, 3));
            expect(ids(plain, { ...inOrder, skip: 1, limit: 2 })).toEqual(expected.slice(1, 3));
          }
          expect(ids(indexed, all).toSorted((a, b) => a - b)).toEqual(
            ids(plain, all).toSorted((a, b) => a - b),
          );
          const counted = (collection: Collection): number =>
            atOnce(countDocuments(collection, all, new Deadline(undefined))).count;
          expect(counted(indexed)).toBe(counted(plain));
        }),
        { numRuns: 1500 },
      );
    }),
  );

  test(
    "follows inserts, updates and removals",
    changing(() => {
      const cases = fc.record({ list: documents, changed: documents, key: keyOf, extra: options });
      fc.assert(
        fc.property(cases, ({ list, changed, key, extra }) => {
          const collection = load(list);
          try {
            collection.addIndex(newIndexState(nextId(), spec(key, extra)));
            for (const [index, fields] of changed.entries()) {
              const stored = collection.get(index + 1);
              if (stored === undefined) continue;
              if (index % 3 === 0) collection.remove(stored);
              else collection.replace(stored, encode({ _id: index, ...fields }));
            }
          } catch (error) {
            fc.pre(!(error instanceof CommandError && error.code === 171));
            throw error;
          }
          const fresh = load([]);
          for (const stored of collection.documents()) fresh.insert(stored.bytes, stored.value);
          fresh.addIndex(newIndexState(nextId(), spec(key, extra)));
          expect(entriesOf(collection)).toEqual(entriesOf(fresh));
        }),
        { numRuns: 300 },
      );
    }),
  );
});

test(
  "a page in the order of an index but for what is equal looks at its own groups only",
  changing(() => {
    const collection = load(Array.from({ length: 100 }, (_, n) => ({ a: n % 20, b: -n })));
    collection.addIndex(newIndexState(nextId(), spec({ a: 1 })));
    const sort = parseSort(typed({ a: 1, b: 1 }));
    const page = { filter: parseFilter({}), sort, skip: 2, limit: 3 };
    const found = atOnce(findDocuments(collection, page, new Deadline(undefined)));
    expect(found.documents.map(({ record }) => record)).toEqual([41, 21, 1]);
    expect(found.stats.docsExamined).toBe(6);
  }),
);
