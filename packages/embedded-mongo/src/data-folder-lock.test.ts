import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { DataFolderInUseError, lockDataFolder } from "./data-folder-lock.ts";

describe("lockDataFolder", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function owner(): Promise<Record<string, unknown>> {
    return JSON.parse(await readFile(join(folder, "lock"), "utf8")) as Record<string, unknown>;
  }

  test("lets one in at a time", async () => {
    const lock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUseError);
    await lock.release();
    await (await lockDataFolder(folder)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  test("takes over from a process whose pid now belongs to another", async () => {
    const lock = await lockDataFolder(folder);
    await writeFile(
      join(folder, "lock"),
      JSON.stringify({ ...(await owner()), start: "1", token: "old" }),
    );
    const next = await lockDataFolder(folder);
    // The first one no longer owns the lock, so its release leaves it.
    await lock.release();
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUseError);
    await next.release();
  });

  test("watches the lock of another machine for signs of life", async () => {
    const lock = await lockDataFolder(folder);
    const path = join(folder, "lock");
    await writeFile(
      path,
      JSON.stringify({ ...(await owner()), machine: "elsewhere", token: "other" }),
    );
    const beat = setInterval(() => void utimes(path, new Date(), new Date()), 100);
    await expect(lockDataFolder(folder, { foreignWaitMs: 3000 })).rejects.toThrow(
      DataFolderInUseError,
    );
    clearInterval(beat);
    await lock.release();
  });

  test("refuses a lock that it cannot read", async () => {
    await writeFile(join(folder, "lock"), "?");
    await expect(lockDataFolder(folder)).rejects.toThrow(/cannot be read/);
  });
});
