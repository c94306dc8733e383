import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { runInTest } from "../testing/cli-on.ts";

async function freshFolders() {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-backup-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return { dataDir: path.join(folder, "data"), backup: path.join(folder, "backup") };
}

const MANIFEST = {
  format: 1,
  callLog: "0.1.0",
  backupAt: "2026-11-25T03:12:00.000Z",
  files: [{ path: "mongo/data.mdb", bytes: 1, sha256: "x" }],
  documents: {},
};

test.each([
  ["without a manifest", undefined, "is no whole backup of call-log: manifest.json can't be read"],
  ["with a manifest that is no JSON", "{", "is not what call-log writes"],
  [
    "that names a file outside of it",
    { ...MANIFEST, files: [{ path: "../data.mdb", bytes: 1, sha256: "x" }] },
    "is not what call-log writes",
  ],
  ["of a later release", { ...MANIFEST, format: 2 }, "has format 2; this release knows 1"],
  ["that lacks a file", MANIFEST, "is damaged: mongo/data.mdb can't be read: ENOENT"],
])("a backup %s is not restored", async (_, manifest, words) => {
  const { dataDir, backup } = await freshFolders();
  await mkdir(backup);
  const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
  if (text !== undefined) await writeFile(path.join(backup, "manifest.json"), text);
  const environment = { DATA_DIR: dataDir };
  const { exitCode, stderr } = await runInTest(["restore", backup], { environment });
  expect(stderr).toContain(words);
  expect(exitCode).toBe(1);
  await expect(readdir(dataDir)).rejects.toMatchObject({ code: "ENOENT" });
});

test.each([
  ["MONGODB_URI names it", { MONGODB_URI: "mongodb://127.0.0.1:1/x" }, "MONGODB_URI names the"],
  ["a mongod keeps it", {}, "a mongod keeps the record in"],
])("a database is backed up by its own tools where %s", async (_, more, words) => {
  const { dataDir, backup } = await freshFolders();
  await mkdir(path.join(dataDir, "mongod"), { recursive: true });
  const environment = { DATA_DIR: dataDir, ...more };
  const { exitCode, stderr } = await runInTest(["backup", backup], { environment });
  expect(stderr).toContain(words);
  expect(stderr).toContain("by MongoDB's own tools");
  expect(exitCode).toBe(1);
});
