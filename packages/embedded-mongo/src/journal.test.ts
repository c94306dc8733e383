import {
  appendFile,
  mkdtemp,
  open,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Collection, type Document, MongoClient } from "mongodb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { type EmbeddedMongoOptions, startEmbeddedMongo } from "./embedded-mongo.ts";
import { JournalCorruptError } from "./journal-reader.ts";

/** A machine may be busy with other things than this test; one second, the default, is short then. */
const PATIENT = { timeout: 30_000 };

interface Running {
  readonly calls: Collection<Document>;
  close(): Promise<void>;
}

describe("the journal", () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
    path = join(folder, "journal.log");
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  async function start(options: EmbeddedMongoOptions = {}): Promise<Running> {
    const server = await startEmbeddedMongo({ dataDir: folder, ...options });
    const client = await new MongoClient(server.uri).connect();
    return {
      calls: client.db("test").collection("calls"),
      async close() {
        await client.close();
        await server.close();
      },
    };
  }

  async function idsAfterRestart(): Promise<unknown[]> {
    const running = await start();
    const found = await running.calls.find({}).toArray();
    await running.close();
    return found.map((document) => document["_id"]);
  }

  test("keeps documents, changes and indexes over a restart", async () => {
    const first = await start();
    await first.calls.createIndex({ status: 1 }, { unique: true, sparse: true });
    await first.calls.insertMany([
      { _id: 1 as never, status: "a" },
      { _id: 2 as never, status: "b" },
      { _id: 3 as never },
    ]);
    await first.calls.updateOne({ _id: 1 as never }, { $set: { status: "c" } });
    await first.calls.deleteOne({ _id: 2 as never });
    await first.close();
    const second = await start();
    expect(await second.calls.find({}).toArray()).toEqual([{ _id: 1, status: "c" }, { _id: 3 }]);
    expect(await second.calls.indexes()).toMatchObject([
      { name: "_id_" },
      { key: { status: 1 }, unique: true, sparse: true },
    ]);
    await expect(second.calls.insertOne({ status: "c" })).rejects.toMatchObject({ code: 11000 });
    await second.close();
  });

  test("drops a torn end and goes on after it", async () => {
    const first = await start();
    for (const id of [1, 2, 3]) await first.calls.insertOne({ _id: id as never });
    await first.close();
    await truncate(path, (await stat(path)).size - 3);
    expect(await idsAfterRestart()).toEqual([1, 2]);
    const second = await start();
    await second.calls.insertOne({ _id: 4 as never });
    await second.close();
    await appendFile(path, Buffer.alloc(100));
    expect(await idsAfterRestart()).toEqual([1, 2, 4]);
  });

  test("refuses damage that is followed by valid frames", async () => {
    const first = await start();
    for (const id of [1, 2, 3]) await first.calls.insertOne({ _id: id as never });
    await first.close();
    const bytes = await readFile(path);
    const second = bytes.indexOf("CLJ1", 4);
    bytes[second + 20] = (bytes[second + 20] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await expect(start()).rejects.toThrow(JournalCorruptError);
    expect(await readFile(path)).toEqual(bytes);
  });

  test("is rewritten while writes go on, and loses none", async () => {
    const running = await start({ compactAfterBytes: 20_000 });
    const filler = "x".repeat(500);
    for (let round = 0; round < 20; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, (_, id) =>
          running.calls.updateOne(
            { _id: id as never },
            { $set: { round, filler } },
            { upsert: true },
          ),
        ),
      );
    }
    await running.close();
    // 400 versions of 500 bytes were written; 20 are left.
    expect((await stat(path)).size).toBeLessThan(120_000);
    const again = await start();
    expect(await again.calls.countDocuments({ round: 19 })).toBe(20);
    expect(await again.calls.countDocuments({})).toBe(20);
    await again.close();
  });

  test("takes over what was written while the state was written aside", async () => {
    const running = await start({ compactAfterBytes: 2000 });
    const files = await fileHandlePrototype();
    let openGate = (): void => undefined;
    const gate = new Promise<void>((resolve) => (openGate = resolve));
    const stalled = vi.spyOn(files, "sync").mockImplementationOnce(async function (
      this: typeof files,
    ) {
      await gate;
      await this.datasync();
    });
    await running.calls.insertOne({ _id: 1 as never, filler: "x".repeat(3000) });
    await running.calls.deleteOne({ _id: 1 as never });
    for (const id of [2, 3, 4]) await running.calls.insertOne({ _id: id as never });
    await vi.waitFor(() => expect(stalled).toHaveBeenCalled(), PATIENT);
    for (const id of [5, 6]) await running.calls.insertOne({ _id: id as never });
    openGate();
    const before = (await stat(path)).ino;
    await vi.waitFor(async () => {
      await running.calls.updateOne({ _id: 6 as never }, { $inc: { n: 1 } });
      expect((await stat(path)).ino).not.toBe(before);
    }, PATIENT);
    await running.close();
    expect(await idsAfterRestart()).toEqual([2, 3, 4, 5, 6]);
  });

  test("answers a write that finds no space with an error, and takes it back", async () => {
    const running = await start();
    await running.calls.insertOne({ _id: 1 as never });
    const files = await fileHandlePrototype();
    vi.spyOn(files, "write").mockRejectedValueOnce(
      Object.assign(new Error("no space left"), { code: "ENOSPC" }),
    );
    await expect(running.calls.insertOne({ _id: 2 as never })).rejects.toMatchObject({
      code: 14031,
    });
    expect(await running.calls.countDocuments({})).toBe(1);
    await running.calls.insertOne({ _id: 3 as never });
    await running.close();
    expect(await idsAfterRestart()).toEqual([1, 3]);
  });

  test("takes no more writes after a failed sync", async () => {
    const running = await start();
    await running.calls.insertOne({ _id: 1 as never });
    const files = await fileHandlePrototype();
    vi.spyOn(files, "datasync").mockRejectedValueOnce(
      Object.assign(new Error("input/output error"), { code: "EIO" }),
    );
    await expect(running.calls.insertOne({ _id: 2 as never })).rejects.toMatchObject({ code: 1 });
    await expect(running.calls.insertOne({ _id: 3 as never })).rejects.toMatchObject({ code: 1 });
    expect(await running.calls.countDocuments({})).toBe(1);
    await running.close();
    expect(await idsAfterRestart()).toEqual([1]);
  });

  async function fileHandlePrototype(): Promise<Awaited<ReturnType<typeof open>>> {
    const handle = await open(path, "r");
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    return prototype;
  }
});
