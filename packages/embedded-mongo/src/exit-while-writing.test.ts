import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { NEWEST, Storage, readValue } from "./storage.ts";

const SOURCE = JSON.stringify(fileURLToPath(new URL("storage.ts", import.meta.url)));
const WRITER = `
const { Storage } = await import(${SOURCE});
const storage = Storage.open({ folder: process.argv[1], durable: true });
const put = (key) => void storage.documents.put(Buffer.from(key), Buffer.from("kept"));
await storage.transact(() => put("first"));
`;
const FIRST = Buffer.from("first");
const SECOND = Buffer.from("second");

describe("a process that exits", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function runWriter(rest: string): Promise<unknown[]> {
    const options = ["--import", "tsx", "--conditions=source", "--input-type=module"];
    const child = spawn(process.execPath, [...options, "-e", WRITER + rest, folder], {
      stdio: "inherit",
      // Another signal than the one that is expected.
      timeout: 240_000,
      killSignal: "SIGABRT",
      cwd: fileURLToPath(new URL("..", import.meta.url)),
    });
    return once(child, "exit");
  }

  async function kept(): Promise<boolean[]> {
    const storage = Storage.open({ folder, durable: true });
    const rows = [FIRST, SECOND].map((key) => readValue(storage.documents, key, NEWEST));
    await storage.close();
    return rows.map((row) => row !== undefined);
  }

  test("during a transaction ends at once, and leaves a whole file", async () => {
    const ended = await runWriter(`
      await storage.transact(() => { put("second"); process.exit(3); });
    `);
    expect(ended).toEqual([null, "SIGKILL"]);
    expect(await kept()).toEqual([true, false]);
  });

  test("after a transaction that failed, or was kept, ends with its own code", async () => {
    const ended = await runWriter(`
      await storage.transact(() => { throw new Error("refused"); }).catch(() => undefined);
      await storage.transact(() => put("second"));
      process.exit(3);
    `);
    expect(ended).toEqual([3, null]);
    expect(await kept()).toEqual([true, true]);
  });
});
