/**
 * The same random operations on this server and on SecantusDB must have the same answers.
 * Runs only with SECANTUS_URI; DIFFERENTIAL_RUNS and DIFFERENTIAL_SEED widen or repeat a run.
 */
import { EJSON } from "bson";
import fc from "fast-check";
import {
  type Collection,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MongoClient,
  MongoServerError,
  ObjectId,
} from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type EmbeddedMongo, startEmbeddedMongo } from "./embedded-mongo.ts";

const uri = process.env["SECANTUS_URI"];
const numRuns = Number(process.env["DIFFERENTIAL_RUNS"] ?? 150);
const seed = process.env["DIFFERENTIAL_SEED"];
const settings = { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) };

const OPTIONS = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

const scalar = fc.oneof(
  fc.integer({ min: -2, max: 4 }).map((value) => new Int32(value)),
  fc.constantFrom(-1.5, 0, 1, 2.5, 3).map((value) => new Double(value)),
  fc.constantFrom(0, 1, 3).map((value) => Long.fromNumber(value)),
  fc.constantFrom("", "a", "b", "ab", "B", "é"),
  fc.constantFrom(null, true, false),
  fc.constantFrom(0, 1000, 2000).map((time) => new Date(time)),
  fc
    .constantFrom("507f1f77bcf86cd799439011", "507f1f77bcf86cd799439012")
    .map((hex) => new ObjectId(hex)),
  // SecantusDB holds a decimal and an equal number of another kind for two values in distinct and $group.
  fc.constantFrom("1.5", "2.25", "-7").map((text) => Decimal128.fromString(text)),
);

const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown; object: unknown; array: unknown }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      { arbitrary: scalar, weight: 6 },
      { arbitrary: tie("object"), weight: 1 },
      { arbitrary: tie("array"), weight: 2 },
    ),
    object: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
    array: fc.array(tie("value"), { maxLength: 4 }),
  }),
).value;

// A path that ends at an index is left to unit tests: SecantusDB looks into an array found there, MongoDB does not.
const path = fc.constantFrom("a", "b", "c", "a.b", "a.c", "b.a", "a.b.c", "a.0.b");
// SecantusDB takes an index beyond the end of an array for a missing field, which null then equals;
// MongoDB's matcher finds no value there at all. So indexes are not combined with null.
const noNullAtIndex = (query: Document): boolean =>
  Object.entries(query).every(
    ([at, operand]) => !/\.\d/.test(at) || !/null|exists/.test(JSON.stringify(operand)),
  );

const plainPath = fc.constantFrom("a", "b", "c", "a.b", "a.c", "b.a", "a.b.c");
const topField = fc.constantFrom("a", "b", "c");

const documents = fc
  .array(fc.dictionary(topField, value, { noNullPrototype: true }), { minLength: 1, maxLength: 7 })
  .map((list) => list.map((fields, index): Document => ({ _id: new Int32(index), ...fields })));

const typeName = fc.constantFrom(
  "double",
  "string",
  "object",
  "array",
  "objectId",
  "bool",
  "date",
  "null",
  "int",
  "long",
  "decimal",
  "number",
);

const operator: fc.Arbitrary<Document> = fc.oneof(
  ...(["$eq", "$ne", "$gt", "$gte", "$lt", "$lte"] as const).map((name) =>
    value.map((operand): Document => ({ [name]: operand })),
  ),
  fc.array(value, { maxLength: 3 }).map(($in): Document => ({ $in })),
  fc.array(value, { maxLength: 3 }).map(($nin): Document => ({ $nin })),
  fc.boolean().map(($exists): Document => ({ $exists })),
  fc.array(value, { maxLength: 3 }).map(($all): Document => ({ $all })),
  fc.integer({ min: 0, max: 3 }).map(($size): Document => ({ $size })),
  typeName.map(($type): Document => ({ $type })),
  fc.constantFrom("^a", "b$", "A", ".").map(($regex): Document => ({ $regex, $options: "i" })),
  fc
    .tuple(fc.constantFrom("$gt", "$lte", "$eq", "$in"), scalar)
    .map(([name, operand]): Document => ({
      $elemMatch: { [name]: name === "$in" ? [operand] : operand },
    })),
  // SecantusDB does not take an array in an array for a document without the field, as MongoDB does; so no null.
  fc
    .tuple(
      topField,
      fc.constantFrom("$gt", "$lte", "$eq"),
      scalar.filter((operand) => operand !== null),
    )
    .map(([field, name, operand]): Document => ({
      $elemMatch: { [field]: { [name]: operand } },
    })),
);

const anyCondition: fc.Arbitrary<Document> = fc.oneof(
  {
    arbitrary: fc.tuple(path, operator).map(([at, operators]) => ({ [at]: operators })),
    weight: 6,
  },
  { arbitrary: fc.tuple(path, value).map(([at, operand]) => ({ [at]: operand })), weight: 3 },
  { arbitrary: fc.tuple(path, operator).map(([at, $not]) => ({ [at]: { $not } })), weight: 2 },
  {
    arbitrary: fc
      .tuple(path, scalar, scalar)
      .map(([at, low, high]) => ({ [at]: { $gte: low, $lt: high } })),
    weight: 2,
  },
);

const condition = anyCondition.filter(noNullAtIndex);

const filter: fc.Arbitrary<Document> = fc.oneof(
  fc.constant({}),
  condition,
  fc
    .tuple(
      fc.constantFrom("$and", "$or", "$nor"),
      fc.array(condition, { minLength: 1, maxLength: 3 }),
    )
    .map(([name, list]) => ({ [name]: list })),
);

// SecantusDB skips array elements that are no documents when it sorts by a dotted path; MongoDB reads null there.
const sort = fc
  .array(fc.tuple(topField, fc.constantFrom(1, -1)), { maxLength: 2 })
  .map((entries): Document => ({ ...Object.fromEntries(entries), _id: 1 }));

const index = fc
  .uniqueArray(fc.tuple(plainPath, fc.constantFrom(1, -1)), {
    minLength: 1,
    maxLength: 3,
    selector: ([at]) => at,
  })
  .map((entries): Document => Object.fromEntries(entries));

const projection: fc.Arbitrary<Document> = fc.oneof(
  fc.constant({}),
  fc
    .uniqueArray(plainPath, { minLength: 1, maxLength: 2 })
    .map((paths) => Object.fromEntries(paths.map((at) => [at, 1]))),
  fc
    .uniqueArray(plainPath, { minLength: 1, maxLength: 2 })
    .map((paths) => Object.fromEntries(paths.map((at) => [at, 0]))),
  topField.map((field) => ({ [field]: 1, _id: 0 })),
);

const number = fc.oneof(
  fc.integer({ min: -2, max: 4 }).map((operand) => new Int32(operand)),
  fc.constantFrom(-1.5, 0, 2.5).map((operand) => new Double(operand)),
  fc.constantFrom(1, 3).map((operand) => Long.fromNumber(operand)),
);

const oneOfThem = fc.integer({ min: 0, max: 6 }).map((_id): Document => ({ _id: new Int32(_id) }));

const modifier: fc.Arbitrary<[string, unknown]> = fc.oneof(
  fc.tuple(fc.constantFrom("$set", "$set", "$setOnInsert", "$max"), value),
  fc.tuple(fc.constant("$inc"), number),
  fc.tuple(fc.constant("$unset"), fc.constant("")),
  fc.tuple(fc.constant("$push"), value),
  fc.tuple(
    fc.constant("$pull"),
    fc.tuple(topField, scalar).map(([field, operand]) => ({ [field]: operand })),
  ),
);

const update: fc.Arbitrary<Document> = fc
  .array(fc.tuple(path, modifier), { minLength: 1, maxLength: 3 })
  .map((steps) => {
    const result: Record<string, Document> = {};
    for (const [at, [name, operand]] of steps) (result[name] ??= {})[at] = operand;
    return result;
  });

// SecantusDB leaves out a path through an empty array, which is an empty array in MongoDB; so no dotted sources.
// SecantusDB takes a path and a path below it in one $project; MongoDB refuses that.
function collides(paths: readonly string[]): boolean {
  return paths.some((left) => paths.some((right) => right.startsWith(`${left}.`)));
}

// SecantusDB does not exclude fields of documents in arrays in $project.
function excludesBelow(source: Document): boolean {
  return Object.entries(source).some(([at, operand]) => at.includes(".") && operand === 0);
}

const groupValue = fc.constantFrom("$a", "$b", "$c", "$_id");

// SecantusDB puts [] and {} into one group, and 0 and false; so values are grouped by what they equal.
const groupKey = fc.oneof(
  fc.constant(null),
  fc.tuple(fc.constantFrom("$a", "$b"), scalar).map(([source, operand]) => ({
    $cond: [{ $eq: [source, operand] }, "same", "other"],
  })),
);

const stage: fc.Arbitrary<Document> = fc.oneof(
  condition.map(($match): Document => ({ $match })),
  fc.tuple(topField, fc.boolean()).map(([at, keep]): Document => ({
    $unwind: { path: `$${at}`, preserveNullAndEmptyArrays: keep },
  })),
  fc
    .tuple(groupKey, fc.constantFrom("$sum", "$min"), groupValue)
    .map(([_id, name, operand]): Document => ({
      $group: { _id, v: { [name]: operand }, n: { $sum: 1 } },
    })),
  projection
    .filter(
      (source) =>
        Object.keys(source).length > 0 &&
        !JSON.stringify(source).includes("$") &&
        !collides(Object.keys(source)) &&
        !excludesBelow(source),
    )
    .map(($project): Document => ({ $project })),
  fc
    .tuple(topField, groupValue)
    .map(([field, source]): Document => ({ $set: { [field]: source } })),
  fc
    .tuple(groupValue, scalar)
    .map(([left, right]): Document => ({ $set: { d: { $eq: [left, right] } } })),
  fc
    .tuple(groupValue, scalar)
    .map(([source, fallback]): Document => ({ $set: { d: { $ifNull: [source, fallback] } } })),
);

type Answer =
  | { readonly answer: string }
  | { readonly code: number | string | undefined }
  | { readonly skipped: true };

describe.skipIf(uri === undefined)("the same answers as SecantusDB", () => {
  let server: EmbeddedMongo;
  let ours: MongoClient;
  let theirs: MongoClient;
  let mine: Collection;
  let other: Collection;

  beforeAll(async () => {
    server = await startEmbeddedMongo();
    ours = await new MongoClient(server.uri, OPTIONS).connect();
    theirs = await new MongoClient(uri ?? "", {
      ...OPTIONS,
      retryWrites: false,
      serverSelectionTimeoutMS: 3000,
    }).connect();
    mine = ours.db("differential").collection("documents");
    other = theirs.db("differential").collection("documents");
  });

  afterAll(async () => {
    await theirs.db("differential").dropDatabase();
    await Promise.all([ours.close(), theirs.close()]);
    await server.close();
  });

  async function load(list: readonly Document[], key?: Document): Promise<void> {
    await Promise.all([mine, other].map((collection) => collection.deleteMany({})));
    await mine.dropIndexes();
    await Promise.all([mine, other].map((collection) => collection.insertMany([...list])));
    if (key === undefined) return;
    // Only this server gets the index: with it and without it the answers must be the same.
    await mine.createIndex(key).catch((error: unknown) => {
      if (!(error instanceof MongoServerError) || Number(error.code) !== 171) throw error;
    });
  }

  async function both(run: (collection: Collection) => Promise<unknown>): Promise<Answers> {
    const [found, wanted] = await Promise.all([answerOf(run(mine)), answerOf(run(other))]);
    fc.pre(!("skipped" in found));
    return { found, wanted };
  }

  test("find, sort, skip, limit, count and distinct", async () => {
    const cases = fc.record({ documents, query: filter, order: sort, key: index, field: topField });
    await fc.assert(
      fc.asyncProperty(cases, async ({ documents: list, query, order, key, field }) => {
        await load(list, key);
        const all = await both((collection) => collection.find(query).sort(order).toArray());
        expect(all.found).toEqual(all.wanted);
        const page = await both((collection) =>
          collection.find(query).sort(order).skip(1).limit(2).toArray(),
        );
        expect(page.found).toEqual(page.wanted);
        const count = await both((collection) => collection.countDocuments(query));
        expect(count.found).toEqual(count.wanted);
        // SecantusDB holds false and 0, and true and 1, for one value in distinct.
        if (/true|false/.test(JSON.stringify(list))) return;
        const values = await both((collection) => collection.distinct(field, query));
        expect(values.found).toEqual(values.wanted);
      }),
      settings,
    );
  });

  test("projections", async () => {
    await fc.assert(
      fc.asyncProperty(documents, projection, async (list, fields) => {
        await load(list);
        const { found, wanted } = await both((collection) =>
          collection.find({}, { projection: fields }).sort({ _id: 1 }).toArray(),
        );
        expect(found).toEqual(wanted);
      }),
      settings,
    );
  });

  test("updates and upserts", async () => {
    const cases = fc.record({ documents, query: filter, change: update, multi: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(cases, async ({ documents: list, query, change, multi }) => {
        await load(list);
        const result = await both((collection) =>
          multi
            ? collection.updateMany(query, change)
            : collection.updateOne({ _id: new Int32(0) as never }, change),
        );
        expect(outcome(result.found)).toEqual(outcome(result.wanted));
        const all = await both((collection) => collection.find({}).sort({ _id: 1 }).toArray());
        expect(outcome(all.found)).toEqual(outcome(all.wanted));
        const upserted = await both((collection) =>
          collection.findOneAndUpdate({ _id: "new" as never, a: 1 }, change, {
            upsert: true,
            returnDocument: "after",
          }),
        );
        expect(outcome(upserted.found)).toEqual(outcome(upserted.wanted));
      }),
      settings,
    );
  });

  test("findAndModify, replace and delete", async () => {
    const cases = fc.record({ documents, query: filter, one: oneOfThem, own: value });
    await fc.assert(
      fc.asyncProperty(cases, async ({ documents: list, query, one, own }) => {
        await load(list);
        const replaced = await both((collection) =>
          collection.findOneAndReplace(
            { $and: [one, query] },
            { z: own },
            { returnDocument: "after" },
          ),
        );
        expect(replaced.found).toEqual(replaced.wanted);
        const deleted = await both((collection) =>
          collection.findOneAndDelete({ $and: [one, query] }),
        );
        expect(deleted.found).toEqual(deleted.wanted);
        const many = await both((collection) => collection.deleteMany(query));
        expect(many.found).toEqual(many.wanted);
        const rest = await both((collection) => collection.find({}).sort({ _id: 1 }).toArray());
        expect(rest.found).toEqual(rest.wanted);
      }),
      settings,
    );
  });

  test("aggregate", async () => {
    const pipeline = fc.array(stage, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(documents, pipeline, async (list, stages) => {
        await load(list);
        const ordered: Document[] = [{ $sort: { _id: 1 } }, ...stages];
        const { found, wanted } = await both(async (collection) =>
          // Groups come in no order, so the answers are compared as sets.
          (await collection.aggregate(ordered).toArray())
            .map((document) => EJSON.stringify(document, { relaxed: false }))
            .sort(),
        );
        expect(found).toEqual(wanted);
      }),
      settings,
    );
  });
});

interface Answers {
  readonly found: Answer;
  readonly wanted: Answer;
}

async function answerOf(running: Promise<unknown>): Promise<Answer> {
  try {
    return { answer: EJSON.stringify({ answer: await running }, { relaxed: false }) };
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    // SecantusDB sorts by two arrays if one is empty; MongoDB refuses all parallel arrays with code 2.
    const isParallel = error.message.includes("parallel arrays");
    // Such as arithmetic with decimals: this server refuses it in words, so there is nothing to compare.
    const isUnsupported = error.message.includes("not supported by this server");
    if (isParallel || isUnsupported) return { skipped: true };
    return { code: Number(error.code) };
  }
}

// SecantusDB takes the steps of an update in another order than MongoDB, which goes by the names of the fields; so
// new fields come in another order, and with two faults the other one is reported. Unit tests have the order.
function outcome(answer: Answer): unknown {
  return "answer" in answer ? JSON.parse(answer.answer) : "refused";
}
