import { Binary, Decimal128, Long, MongoClient, ObjectId, Timestamp, UUID } from "mongodb";
import type { Collection, Db, Document } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { type EmbeddedMongo, startEmbeddedMongo } from "./embedded-mongo.ts";

describe("the official driver", () => {
  let server: EmbeddedMongo;
  let client: MongoClient;
  let db: Db;
  let calls: Collection<Document>;

  beforeAll(async () => {
    server = await startEmbeddedMongo();
    client = await new MongoClient(server.uri, {
      w: "majority",
      journal: true,
    }).connect();
  });

  afterAll(async () => {
    await client.close();
    await server.close();
  });

  beforeEach(async () => {
    db = client.db(`test${Math.random().toString(36).slice(2)}`);
    calls = db.collection("calls");
  });

  const ids = (...list: number[]): Document[] => list.map((_id) => ({ _id }));

  test("gets back the types that it stored", async () => {
    const document = {
      _id: new ObjectId(),
      long: Long.fromString("9007199254740993"),
      decimal: Decimal128.fromString("1.10"),
      uuid: new UUID(),
      binary: new Binary(Buffer.from("x"), 5),
      timestamp: new Timestamp({ t: 1, i: 2 }),
      date: new Date(0),
      regex: /a/i,
      nested: [{ "10": 1, "2": 2 }, null, [true]],
    };
    await calls.insertOne(document);
    expect(await calls.findOne({}, { promoteLongs: false })).toEqual(document);
    const [double] = await calls
      .find({}, { promoteValues: false, projection: { nested: 1 } })
      .toArray();
    expect(double).toMatchObject({ nested: [{ "2": { _bsontype: "Int32" } }, null, [true]] });
  });

  test("pages through a cursor that keeps what it found", async () => {
    await calls.insertMany(ids(...Array.from({ length: 250 }, (_, index) => index)));
    const cursor = calls.find({}).sort({ _id: -1 }).batchSize(100);
    expect(await cursor.next()).toEqual({ _id: 249 });
    await calls.deleteMany({});
    expect(await cursor.toArray()).toHaveLength(249);
  });

  test("forgets a cursor that is closed", async () => {
    await calls.insertMany(ids(1, 2, 3));
    const { cursor } = await db.command({ find: "calls", batchSize: 1 });
    const id = Long.fromValue(cursor.id as number);
    expect(await db.command({ killCursors: "calls", cursors: [id] })).toMatchObject({
      cursorsKilled: [cursor.id],
    });
    await expect(db.command({ getMore: id, collection: "calls" })).rejects.toMatchObject({
      code: 43,
      codeName: "CursorNotFound",
    });
  });

  test("reports each failed write of a batch", async () => {
    const failed = await calls
      .insertMany(ids(1, 1, 2, 2, 3), { ordered: false })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 11000,
      writeErrors: [{ index: 1 }, { index: 3 }],
      insertedCount: 3,
    });
    const ordered = await calls.insertMany(ids(4, 1, 5)).catch((error: unknown) => error);
    expect(ordered).toMatchObject({ code: 11000, insertedCount: 1 });
    expect(await calls.distinct("_id")).toEqual([1, 2, 3, 4]);
  });

  test("enforces unique indexes, also on arrays, pairs and partial ones", async () => {
    await calls.createIndex({ key: 1 }, { unique: true, sparse: true });
    await calls.createIndex(
      { a: 1, b: 1 },
      { unique: true, partialFilterExpression: { live: true } },
    );
    await calls.insertMany([
      { _id: 1, key: ["x", "x", "y"] },
      { _id: 2, a: 1, b: 1, live: true },
      { _id: 3, a: 1, b: 1 },
    ] as Document[]);
    await expect(calls.insertOne({ key: "y" })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { key: 1 },
      keyValue: { key: "y" },
    });
    await expect(
      calls.updateOne({ _id: 3 as never }, { $set: { live: true } }),
    ).rejects.toMatchObject({ code: 11000 });
    await calls.insertMany([{ _id: 4 }, { _id: 5 }] as Document[]);
    await calls.updateOne({ _id: 1 as never }, { $set: { key: "z" } });
    await calls.insertOne({ _id: 6 as never, key: "y" });
    await expect(calls.createIndex({ b: 1 }, { unique: true })).rejects.toMatchObject({
      code: 11000,
    });
  });

  test("creates indexes again, and refuses other ones of the same name or key", async () => {
    await calls.createIndex({ a: 1 });
    await calls.createIndex({ a: 1 });
    await expect(calls.createIndex({ b: 1 }, { name: "a_1" })).rejects.toMatchObject({
      code: 86,
      codeName: "IndexKeySpecsConflict",
    });
    await expect(calls.createIndex({ a: 1 }, { unique: true, name: "a_1" })).rejects.toMatchObject({
      code: 85,
    });
    await expect(calls.createIndex({ a: 1 }, { name: "other" })).rejects.toMatchObject({
      code: 85,
      codeName: "IndexOptionsConflict",
    });
    await expect(calls.createIndex({ a: "text" })).rejects.toMatchObject({
      code: 67,
      codeName: "CannotCreateIndex",
    });
    await expect(calls.dropIndex("none")).rejects.toMatchObject({ code: 27 });
    await calls.dropIndex("a_1");
    expect(await calls.indexes()).toHaveLength(1);
  });

  test("explains which index serves a query", async () => {
    await calls.createIndex({ projectId: 1, createdAt: -1 });
    await calls.insertMany(
      Array.from({ length: 50 }, (_, index) => ({ projectId: index % 2, createdAt: index })),
    );
    const found = await calls
      .find({ projectId: 1 })
      .sort({ createdAt: -1 })
      .limit(5)
      .explain("executionStats");
    expect(found).toMatchObject({
      queryPlanner: {
        winningPlan: {
          stage: "LIMIT",
          inputStage: {
            stage: "FETCH",
            inputStage: { stage: "IXSCAN", indexName: "projectId_1_createdAt_-1" },
          },
        },
      },
      executionStats: { totalDocsExamined: 5, totalKeysExamined: 5, nReturned: 5 },
    });
    const scan = await calls.find({ createdAt: 1 }).explain("executionStats");
    expect(scan).toMatchObject({
      queryPlanner: { winningPlan: { stage: "COLLSCAN" } },
      executionStats: { totalDocsExamined: 50 },
    });
  });

  test("counts", async () => {
    await calls.insertMany([{ _id: 1, p: "x" }, { _id: 2, p: "y" }, { _id: 3 }] as Document[]);
    expect(await calls.countDocuments({ _id: { $gt: 1 as never } })).toBe(2);
    expect(await calls.countDocuments({}, { limit: 1 })).toBe(1);
    expect(await calls.estimatedDocumentCount()).toBe(3);
  });

  test("counts in several collections at once", async () => {
    await calls.insertMany([
      { _id: 1, s: "a" },
      { _id: 2, s: "a" },
      { _id: 3, s: "b" },
    ] as Document[]);
    await db.collection("projects").insertMany([
      { _id: "x", n: 1 },
      { _id: "y", n: 2 },
    ] as Document[]);
    const count = { $group: { _id: null, n: { $sum: 1 } } };
    const union = (coll: string, ...pipeline: Document[]) => ({ $unionWith: { coll, pipeline } });
    const found = await calls
      .aggregate([
        { $match: { s: "a" } },
        count,
        union("calls", { $match: { _id: { $in: [1, 3, 4] } } }, count),
        union("calls", { $match: { s: "c" } }, count),
        union("projects", { $match: { _id: "y" } }, { $project: { n: 1 } }),
        union("absent", count),
      ])
      .toArray();
    expect(found).toEqual([
      { _id: null, n: 2 },
      { _id: null, n: 2 },
      { _id: "y", n: 2 },
    ]);
    const all = { $match: {} };
    expect(
      await calls.aggregate([{ $match: { s: "b" } }, union("projects", all)]).toArray(),
    ).toHaveLength(3);
  });

  test.each([
    [{ coll: "a", pipeline: [], where: {} }, 40415],
    [{ coll: "a" }, 238],
    [{ pipeline: [] }, 238],
    ["a", 238],
    [{ coll: "a", pipeline: {} }, 14],
    [{ coll: "a", pipeline: [{ $nonsense: 1 }] }, 40324],
  ])("refuses $unionWith of %j with code %d", async ($unionWith, code) => {
    await expect(calls.aggregate([{ $unionWith }]).toArray()).rejects.toMatchObject({ code });
  });

  test("lists and drops what there is", async () => {
    await calls.insertOne({});
    expect(await db.listCollections({ name: "calls" }).toArray()).toMatchObject([
      { name: "calls", type: "collection" },
    ]);
    expect(await db.command({ ping: 1 })).toEqual({ ok: 1 });
    await db.dropDatabase();
    expect(await db.listCollections().toArray()).toEqual([]);
    await expect(calls.indexes()).rejects.toMatchObject({
      code: 26,
      codeName: "NamespaceNotFound",
    });
  });

  test("is stopped by maxTimeMS", async () => {
    await calls.insertMany(
      Array.from({ length: 20_000 }, (_, n) => ({ n, text: "x".repeat(200) })),
    );
    await expect(
      calls
        .find({ text: { $regex: "y$" } })
        .maxTimeMS(1)
        .toArray(),
    ).rejects.toMatchObject({
      code: 50,
      codeName: "MaxTimeMSExpired",
    });
  });

  test.each<[string, (own: Collection<Document>) => Promise<unknown>, object]>([
    [
      "a transaction",
      (own) =>
        own.db.client.withSession((session) =>
          session.withTransaction(() => own.insertOne({}, { session })),
        ),
      { originalError: { code: 20, codeName: "IllegalOperation" } },
    ],
    ["a change stream", (own) => own.watch().next(), { code: 40573 }],
    [
      "a collation",
      (own) => own.find({}).collation({ locale: "de" }).toArray(),
      { code: 238, codeName: "NotImplemented" },
    ],
    [
      "a document that is too large",
      (own) =>
        own.db.command({ insert: "calls", documents: [{ a: "x".repeat(16 * 1024 * 1024) }] }),
      { writeErrors: [{ code: 10334 }] },
    ],
    ["an _id that is an array", (own) => own.insertOne({ _id: [1] as never }), { code: 53 }],
    ["an _id with an operator", (own) => own.insertOne({ _id: { $a: 1 } as never }), { code: 52 }],
    [
      "an upsert of such an _id",
      (own) => own.replaceOne({ a: 1 }, { _id: { $a: 1 } as never }, { upsert: true }),
      { code: 52 },
    ],
    [
      "an unknown command",
      (own) => own.db.command({ nothing: 1 }),
      { code: 59, codeName: "CommandNotFound" },
    ],
    ["an unknown field", (own) => own.db.command({ find: "calls", nothing: 1 }), { code: 40415 }],
    [
      "a command that MongoDB has",
      (own) => own.db.command({ collMod: "calls" }),
      { code: 59, message: expect.stringContaining("not supported by this server") },
    ],
    ["w: 2", (own) => own.insertOne({}, { writeConcern: { w: 2 } }), { code: 2 }],
    [
      "a snapshot read",
      (own) => own.db.command({ find: "calls", readConcern: { level: "snapshot" } }),
      { code: 238 },
    ],
    [
      "a version of the API",
      (own) => own.db.command({ ping: 1, apiVersion: "1", apiStrict: true }),
      { code: 322, codeName: "APIVersionError" },
    ],
    ["a hint", (own) => own.find({}).hint({ a: 1 }).toArray(), { code: 238 }],
    ["let", (own) => own.find({}, { let: { a: 1 } }).toArray(), { code: 238 }],
    [
      "array filters",
      (own) => own.updateMany({}, { $set: { "a.$[b]": 1 } }, { arrayFilters: [{ b: 1 }] }),
      { code: 238 },
    ],
    [
      "a partial index by a number",
      (own) => own.createIndex({ a: 1 }, { partialFilterExpression: 5 as never }),
      { code: 14 },
    ],
    [
      "a name that is none",
      (own) => own.db.collection("a").db.command({ insert: "$x", documents: [{}] }),
      { code: 73 },
    ],
    [
      "remove and update at once",
      (own) => own.db.command({ findAndModify: "calls", remove: true, update: {} }),
      { code: 9 },
    ],
    [
      "a multi replacement",
      (own) => own.db.command({ update: "calls", updates: [{ q: {}, u: { a: 1 }, multi: true }] }),
      { writeErrors: [{ code: 9 }] },
    ],
  ])("is refused %s", async (_, run, expected) => {
    const result = await run(calls).then(
      (value) => value,
      (error: unknown) => error,
    );
    expect(result).toMatchObject(expected);
  });

  test.each([
    [
      "update",
      {
        updates: [
          { q: {}, u: { $set: { a: 2 } } },
          { q: {}, u: {}, bogus: 1 },
        ],
      },
      40415,
    ],
    [
      "update",
      {
        updates: [
          { q: {}, u: { $set: { a: 2 } } },
          { q: {}, u: {}, sort: {} },
        ],
      },
      238,
    ],
    ["update", { updates: [{ q: {}, u: { $set: { a: 2 } } }, { u: {} }] }, 40414],
    ["update", { updates: [{ q: {}, u: { $set: { a: 2 } } }, { q: {} }] }, 40414],
    [
      "update",
      {
        updates: [
          { q: {}, u: { $set: { a: 2 } } },
          { q: 1, u: {} },
        ],
      },
      14,
    ],
    [
      "delete",
      {
        deletes: [
          { q: {}, limit: 0 },
          { q: {}, limit: 0, bogus: 1 },
        ],
      },
      40415,
    ],
    [
      "delete",
      {
        deletes: [
          { q: {}, limit: 0 },
          { q: {}, limit: 2 },
        ],
      },
      9,
    ],
    ["insert", { documents: [{ _id: 2 }, 5] }, 14],
  ])("does nothing of a batch of %s %j with a malformed statement", async (name, batch, code) => {
    const document = { _id: 1 as never, a: 1 };
    await calls.insertOne(document);
    await expect(db.command({ [name]: "calls", ...batch })).rejects.toMatchObject({ code });
    expect(await calls.find({}).toArray()).toEqual([document]);
  });
});
