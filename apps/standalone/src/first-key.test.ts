import { fstatSync } from "node:fs";
import { mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { isJournal, keepKeyInFile } from "./first-key.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "call-log-first-key-"));
});
afterEach(() => rm(folder, { recursive: true }));

const made = { projectId: "p", isKeyGiven: false, newKey: "cl_made-once" };

describe("the first key, where a log keeps what is printed", () => {
  test("is in a file for its owner alone, and not in what is printed", async () => {
    const keyFile = path.join(folder, "first-api-key");
    await writeFile(keyFile, "of an installation before", { mode: 0o644 });
    expect(await keepKeyInFile(made, folder)).toEqual({
      projectId: "p",
      isKeyGiven: false,
      keyFile,
    });
    expect(await readFile(keyFile, "utf8")).toBe("cl_made-once\n");
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  });

  test("needs no file on a later start", async () => {
    const later = { projectId: "p", isKeyGiven: false };
    expect(await keepKeyInFile(later, folder)).toEqual(later);
    await expect(stat(path.join(folder, "first-api-key"))).rejects.toThrow("ENOENT");
  });
});

test("a log is systemd's journal only if standard output is the stream that systemd names", async () => {
  await using log = await open(path.join(folder, "log"), "w");
  const output = fstatSync(log.fd);
  expect(isJournal(`${output.dev}:${output.ino}`, output)).toBe(true);
  expect(isJournal(`${output.dev}:${output.ino + 1}`, output)).toBe(false);
  expect(isJournal(undefined, output)).toBe(false);
});
