import { execFile } from "node:child_process";
import { mkdtemp, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { DataDamagedError, DataMissingError } from "./data-errors.ts";
import { Storage } from "./storage.ts";
import { type RunningMongo, runMongo } from "./testing/running-mongo.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const start = (): Promise<RunningMongo> => runMongo({ dataDir: folder });

async function idsAfterRestart(): Promise<unknown[]> {
  await using running = await start();
  const found = await running.calls.find({}).toArray();
  return found.map((document) => document["_id"]);
}

describe("a data folder", () => {
  test("keeps documents, changes and indexes over a restart", async () => {
    {
      await using first = await start();
      await first.calls.createIndex({ status: 1 }, { unique: true, sparse: true });
      await first.calls.insertMany([
        { _id: 1 as never, status: "a" },
        { _id: 2 as never, status: "b" },
        { _id: 3 as never },
      ]);
      await first.calls.updateOne({ _id: 1 as never }, { $set: { status: "c" } });
      await first.calls.deleteOne({ _id: 2 as never });
      await first.client.db("other").collection("gone").insertOne({});
      await first.client.db("other").dropDatabase();
    }
    await using second = await start();
    expect(await second.calls.find({}).toArray()).toEqual([{ _id: 1, status: "c" }, { _id: 3 }]);
    expect(await second.calls.countDocuments({})).toBe(2);
    expect(await second.calls.indexes()).toMatchObject([
      { name: "_id_" },
      { key: { status: 1 }, unique: true, sparse: true },
    ]);
    await expect(second.calls.insertOne({ status: "c" })).rejects.toMatchObject({ code: 11000 });
    await second.calls.insertOne({ _id: 4 as never, status: "b" });
    expect(await second.calls.distinct("_id", { status: { $gte: "b" } })).toEqual([4, 1]);
    expect(await second.client.db("other").listCollections().toArray()).toEqual([]);
  });

  test("remembers which indexes have arrays and keys that were cut", async () => {
    const long = "x".repeat(5000);
    {
      await using first = await start();
      await first.calls.createIndex({ tags: 1 });
      await first.calls.createIndex({ text: 1 }, { unique: true });
      await first.calls.insertMany([
        { _id: 1 as never, tags: ["a", "b"], text: `${long}b` },
        { _id: 2 as never, tags: ["b"], text: `${long}a` },
      ]);
    }
    await using second = await start();
    const { calls } = second;
    expect(await calls.countDocuments({ tags: { $gte: "a" } })).toBe(2);
    expect(await calls.distinct("_id", { text: `${long}a` })).toEqual([2]);
    expect(await calls.countDocuments({ text: { $gt: `${long}a` } })).toBe(1);
    const ordered = await calls.find({}).sort({ text: 1 }).toArray();
    expect(ordered.map(({ _id }) => _id)).toEqual([2, 1]);
    await expect(calls.insertOne({ text: `${long}a` })).rejects.toMatchObject({ code: 11000 });
    await calls.insertOne({ _id: 3 as never, text: `${long}c` });
    await calls.deleteOne({ text: `${long}a` });
    await calls.insertOne({ _id: 4 as never, text: `${long}a` });
    expect(await calls.distinct("_id", { text: { $lt: `${long}c` } })).toEqual([1, 4]);
  });

  test("keeps its files to their owner", async () => {
    await (await start())[Symbol.asyncDispose]();
    for (const name of ["data.mdb", "lock.mdb"])
      expect(((await stat(join(folder, name))).mode & 0o777).toString(8)).toBe("600");
  });

  test("begins again after a start that ended before its first page was written", async () => {
    await writeFile(join(folder, "data.mdb"), "torn");
    expect(await idsAfterRestart()).toEqual([]);
  });

  test.each<[string, RegExp, (path: string) => Promise<void>]>([
    ["of another kind", /is damaged/, (path) => writeFile(path, Buffer.alloc(100_000, 7))],
    ["that is cut off", /is cut off after 12288 bytes/, (path) => truncate(path, 12_288)],
  ])("refuses a file %s, and leaves it as it is", async (_, message, damage) => {
    const path = join(folder, "data.mdb");
    {
      await using first = await start();
      await first.calls.insertMany(Array.from({ length: 100 }, () => ({ x: "y".repeat(500) })));
    }
    await damage(path);
    const { size } = await stat(path);
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DataDamagedError);
    expect(String(refused)).toMatch(message);
    expect((await stat(path)).size).toBe(size);
  });

  test.each(["missing", "empty", "without a collection"])(
    "is refused if it must have data and they are %s",
    async (state) => {
      if (state === "empty") await writeFile(join(folder, "data.mdb"), "");
      if (state === "without a collection") await (await start())[Symbol.asyncDispose]();
      const refused = runMongo({ dataDir: folder, mustHaveData: true });
      await expect(refused).rejects.toThrow(DataMissingError);
      await expect(start().then((one) => one[Symbol.asyncDispose]())).resolves.toBeUndefined();
    },
  );
});

describe("a change", () => {
  test("that can't be kept leaves nothing", async () => {
    await using running = await start();
    const { calls } = running;
    await calls.insertOne({ _id: 1 as never });
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this`
    const { transact } = Storage.prototype;
    vi.spyOn(Storage.prototype, "transact").mockImplementationOnce(function (
      this: Storage,
      change,
    ) {
      return transact.call(this, () => {
        change();
        throw new Error("a fault after all was written");
      });
    });
    await expect(calls.insertOne({ _id: 2 as never })).rejects.toMatchObject({
      code: 1,
      message: /a fault after all was written/,
    });
    await calls.insertOne({ _id: 3 as never });
    expect(await calls.distinct("_id", { _id: { $lt: 3 as never } })).toEqual([1]);
  });

  test("is not seen before it is on disk", async () => {
    await using running = await start();
    const { calls } = running;
    await calls.insertOne({ _id: 1 as never, n: 0 });
    await calls.createIndex({ n: 1 });
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this`
    const { transact } = Storage.prototype;
    let finish = (): void => undefined;
    const written = new Promise<void>((resolve) => (finish = resolve));
    let isWritten = false;
    vi.spyOn(Storage.prototype, "transact").mockImplementationOnce(async function (
      this: Storage,
      change,
    ) {
      await transact.call(this, change);
      isWritten = true;
      await written;
    });
    const update = calls.updateOne({ _id: 1 as never }, { $set: { n: 1 } });
    await expect.poll(() => isWritten).toBe(true);
    const drop = calls.dropIndex("n_1");
    expect(await calls.countDocuments({ n: 0 })).toBe(1);
    expect(await calls.findOne({ n: { $gte: 0 } })).toEqual({ _id: 1, n: 0 });
    finish();
    await update;
    expect(await calls.findOne({ n: { $gte: 0 } })).toEqual({ _id: 1, n: 1 });
    await drop;
    expect(await calls.countDocuments({ n: 1 })).toBe(1);
  });
});

describe("a cursor", () => {
  test("shows the data as they were when it was opened, whatever is written meanwhile", async () => {
    await using running = await start();
    const { calls } = running;
    await calls.createIndex({ n: 1 });
    await calls.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: n as never, n })));
    for (const query of [
      calls.find({ n: { $gte: 0 } }).sort({ n: 1 }),
      calls.find({ x: null }),
      calls.find().sort({ y: 1, n: 1 }),
    ]) {
      const cursor = query.batchSize(10);
      const found = [await cursor.next()];
      await calls.updateMany({}, { $inc: { n: 1000 } });
      await calls.deleteMany({ _id: { $gte: 40 as never } });
      for await (const document of cursor) found.push(document);
      expect(found.map((document) => document?.["_id"] as unknown)).toEqual(
        Array.from({ length: 50 }, (_, n) => n),
      );
      expect(new Set(found.map((document) => document?.["n"] as unknown)).size).toBe(50);
      await calls.deleteMany({});
      await calls.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: n as never, n })));
    }
  });

  test("that was dropped from under is read to its end", async () => {
    await using running = await start();
    await running.calls.insertMany(Array.from({ length: 30 }, (_, n) => ({ _id: n as never })));
    const cursor = running.calls.find().batchSize(10);
    await cursor.next();
    await running.client.db("test").dropDatabase();
    expect(await cursor.toArray()).toHaveLength(29);
    expect(await running.calls.countDocuments({})).toBe(0);
  });
});

const run = promisify(execFile);
const canMount = process.platform === "linux" && process.getuid?.() === 0 && (await mountsHere());

async function mountsHere(): Promise<boolean> {
  const place = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
  try {
    await run("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", place]);
    await run("umount", [place]);
    return true;
  } catch {
    // Not allowed in most containers.
    return false;
  } finally {
    await rm(place, { recursive: true });
  }
}

test.runIf(canMount)("a full disk is said, and takes writes again once it has room", async () => {
  const disk = join(folder, "disk");
  await run("mkdir", [disk]);
  await run("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", disk]);
  try {
    const ballast = join(disk, "ballast");
    await writeFile(ballast, Buffer.alloc(2 ** 19));
    await using running = await runMongo({ dataDir: join(disk, "data") });
    const { calls } = running;
    let written = 0;
    const fill = async (): Promise<void> => {
      for (;;) {
        await calls.insertOne({ _id: written as never, x: "y".repeat(50_000) });
        written += 1;
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 14031, message: /the disk is full/ });
    await expect(fill()).rejects.toMatchObject({ code: 14031 });
    expect(await calls.countDocuments({})).toBe(written);
    await rm(ballast);
    await calls.insertOne({ _id: "after" as never });
    expect(await calls.countDocuments({ x: /y/ })).toBe(written);
  } finally {
    await run("umount", [disk]);
  }
});
