import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { DataFolderInUseError, lockDataFolder } from "./data-folder-lock.ts";

const SOURCE = JSON.stringify(fileURLToPath(new URL("data-folder-lock.ts", import.meta.url)));
const HOLDER = `
const { lockDataFolder } = await import(${SOURCE});
await lockDataFolder(process.argv[1]);
process.stdout.write("locked");
setInterval(() => undefined, 1000);
`;

describe("lockDataFolder", () => {
  let folder: string;
  let child: ChildProcess | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
  });

  afterEach(async () => {
    child?.kill("SIGKILL");
    await rm(folder, { recursive: true });
  });

  async function lockElsewhere(): Promise<ChildProcess> {
    const options = ["--import", "tsx", "--conditions=source", "--input-type=module"];
    child = spawn(process.execPath, [...options, "-e", HOLDER, folder], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: fileURLToPath(new URL("..", import.meta.url)),
    });
    await once(child.stdout!, "data");
    return child;
  }

  test("lets one in at a time", async () => {
    const lock = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUseError);
    await lock.release();
    await (await lockDataFolder(folder)).release();
  });

  test("names the other process that holds it", async () => {
    const { pid } = await lockElsewhere();
    await expect(lockDataFolder(folder)).rejects.toThrow(`process ${pid} holds its lock`);
    await expect(lockDataFolder(folder)).rejects.toThrow(DataFolderInUseError);
  });

  test("is free at once when its process is killed, also before that is reaped", async () => {
    const { pid } = await lockElsewhere();
    // The signal has worked when this process's own child is a zombie: Node reaps it only in a later turn.
    process.kill(pid!, "SIGKILL");
    let lock: Awaited<ReturnType<typeof lockDataFolder>> | undefined;
    for (let tries = 0; lock === undefined && tries < 10_000; tries += 1)
      lock = await lockDataFolder(folder).catch(() => undefined);
    expect(lock).toBeDefined();
    await lock?.release();
  });

  test("keeps its files to their owner", async () => {
    const lock = await lockDataFolder(folder);
    for (const name of ["owner.mdb", "owner.mdb-lock"])
      expect(((await stat(join(folder, name))).mode & 0o777).toString(8)).toBe("600");
    await lock.release();
  });
});
