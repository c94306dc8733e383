import { copyFile, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { Binary, Decimal128, Double, Long, Timestamp } from "bson";
import type { Document } from "mongodb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { DataDamagedError, DataMissingError } from "./data-errors.ts";
import { DataFolderInUseError } from "./data-folder-lock.ts";
import { Storage } from "./storage.ts";
import { runMongo } from "./testing/running-mongo.ts";

/** Written by the last release that kept a journal: 30 calls in a database `call-log`, changed, and some deleted. */
const OLD_JOURNAL = fileURLToPath(new URL("testing/old-journal.bin", import.meta.url));

describe("the journal of an earlier release", () => {
  let folder: string;
  let journal: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
    journal = join(folder, "journal.log");
    await copyFile(OLD_JOURNAL, journal);
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  });

  const start = () => runMongo({ dataDir: folder, mustHaveData: true });

  async function expectAll(): Promise<void> {
    await using running = await start();
    const db = running.client.db("call-log");
    const calls = db.collection<{ _id: string } & Document>("callLogs");
    const all = await calls.find({}).toArray();
    expect(all.map(({ _id }) => _id)).toEqual(
      Array.from({ length: 30 }, (_, n) => `call-${String(n).padStart(2, "0")}`).filter(
        (id) => id !== "call-03" && id !== "call-04",
      ),
    );
    expect(await calls.countDocuments({})).toBe(28);
    expect(await calls.countDocuments({ projectId: "a", status: "Completed", revision: 1 })).toBe(
      14,
    );
    const newest = { createdAt: -1, _id: -1 } as const;
    const page = calls.find({ projectId: "b" }).sort(newest).limit(2);
    expect((await page.toArray()).map(({ _id }) => _id)).toEqual(["call-28", "call-26"]);
    expect(await calls.countDocuments({ tags: "t1" })).toBe(4);
    expect(await calls.countDocuments({ wakeAt: { $lte: new Date() } })).toBe(7);
    await expect(calls.insertOne({ _id: "new", number: "n7" })).rejects.toMatchObject({
      code: 11000,
    });
    expect((await calls.indexes()).map(({ name }) => name)).toEqual([
      "_id_",
      "projectId_1_createdAt_-1__id_-1",
      "tags_1",
      "wakeAt_1",
      "number_1",
      "expiry",
    ]);
    const kinds = await db.collection("kinds").find({}, { promoteValues: false }).toArray();
    expect(kinds.slice(0, 5).map((document) => document["v"] as unknown)).toEqual([
      Long.fromString("9007199254740993"),
      Decimal128.fromString("1.50"),
      new Binary(Buffer.from([1, 2])),
      new Timestamp({ t: 1, i: 2 }),
      new Double(1.5),
    ]);
    const names = (await db.listCollections().toArray()).map(({ name }) => name);
    expect(names.toSorted()).toEqual(["callLogs", "empty", "kinds", "temp"]);
    expect(await db.collection("temp").indexes()).toHaveLength(1);
  }

  test("is moved over once, and then gone", async () => {
    await writeFile(join(folder, "journal.next"), "half");
    await expectAll();
    expect((await readdir(folder)).toSorted()).toEqual([
      "data.mdb",
      "lock.mdb",
      "owner.mdb",
      "owner.mdb-lock",
    ]);
    await expectAll();
  });

  test.each([1, 2, 3, 4, 5, 6])("is moved again if the move ended at step %d", async (step) => {
    // oxlint-disable-next-line typescript/unbound-method -- called with its own `this`
    const { transactNow } = Storage.prototype;
    let steps = 0;
    const cut = vi.spyOn(Storage.prototype, "transactNow").mockImplementation(function (
      this: Storage,
      change,
    ) {
      steps += 1;
      if (steps === step) throw new Error("the process ends here");
      transactNow.call(this, change);
    });
    await expect(start()).rejects.toThrow("the process ends here");
    expect(await readFile(journal)).toEqual(await readFile(OLD_JOURNAL));
    cut.mockRestore();
    await expectAll();
  });

  test("that is left beside what was moved from it is removed", async () => {
    await expectAll();
    await copyFile(OLD_JOURNAL, journal);
    await expectAll();
    expect(await readdir(folder)).not.toContain("journal.log");
  });

  test("that has been written since the move is not thrown away", async () => {
    await expectAll();
    await writeFile(journal, "CLJ1");
    await expect(start()).rejects.toThrow(DataDamagedError);
    expect(await readFile(journal, "utf8")).toBe("CLJ1");
  });

  test("is read up to a torn end", async () => {
    const bytes = await readFile(OLD_JOURNAL);
    await writeFile(journal, Buffer.concat([bytes, Buffer.alloc(100)]));
    await expectAll();
  });

  test("is refused when it is damaged before valid frames, and left as it is", async () => {
    const bytes = await readFile(OLD_JOURNAL);
    const second = bytes.indexOf("CLJ1", 4);
    bytes[second + 20] = (bytes[second + 20] ?? 0) ^ 1;
    await writeFile(journal, bytes);
    await expect(start()).rejects.toThrow(/is damaged at byte/);
    expect(await readFile(journal)).toEqual(bytes);
  });

  test("is refused when it has nothing and must have data", async () => {
    await writeFile(journal, "");
    await expect(start()).rejects.toThrow(DataMissingError);
    await writeFile(journal, "torn");
    await expect(start()).rejects.toThrow(DataMissingError);
    expect(await readFile(journal, "utf8")).toBe("torn");
  });

  test.runIf(process.platform === "linux")(
    "is not read while a process of that release works on it",
    async () => {
      const stat = await readFile(`/proc/${process.pid}/stat`, "utf8");
      const begun = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
      const lock = { pid: process.pid, start: begun, machine: "", token: "" };
      await writeFile(join(folder, "lock"), JSON.stringify(lock));
      await expect(start()).rejects.toThrow(DataFolderInUseError);
      await writeFile(join(folder, "lock"), JSON.stringify({ ...lock, start: "1" }));
      await expectAll();
    },
  );
});
