import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { STANDALONE_FILE } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { afterEach, beforeEach, expect, test } from "vitest";

import { cliOn, runInTest } from "../testing/cli-on.ts";

const NOBODY = "mongodb://127.0.0.1:1/";
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "call-log-cli-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

function leaveFile(content: unknown) {
  return writeFile(path.join(dataDir, STANDALONE_FILE), JSON.stringify(content));
}

function projectList(environment: Record<string, string> = {}) {
  return runInTest(["project", "list"], { environment: { DATA_DIR: dataDir, ...environment } });
}

test("a running standalone process is found by its file", async () => {
  await using cli = cliOn(await freshDatabase());
  await cli.run(["project", "create", "--name", "Shop"]);
  await leaveFile({
    pid: process.pid,
    url: "http://x",
    mongodbUri: cli.mongodbUri,
    redisUrl: "redis://x",
  });
  expect(await projectList()).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("Shop"),
  });
});

test("MONGODB_URI goes before the file", async () => {
  await using cli = cliOn(await freshDatabase());
  await leaveFile({ pid: process.pid, url: "http://x", mongodbUri: NOBODY, redisUrl: "redis://x" });
  expect(await projectList({ MONGODB_URI: cli.mongodbUri })).toMatchObject({ exitCode: 0 });
});

test("a stale file is reported in one line", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await leaveFile({ pid, url: "http://x", mongodbUri: NOBODY, redisUrl: "redis://x" });
  const { exitCode, stderr } = await projectList();
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    new RegExp(
      `^call-log: \\S+ is stale: its process ${pid} is gone; .*npm start in the checkout\n$`,
    ),
  );
});

test.each([
  [{}, 1, /MONGODB_URI is not set, and no call-log runs/],
  [{ MONGODB_URI: NOBODY }, 1, /MONGODB_URI: no MongoDB server answers/],
  [{ MONGODB_URI: "http://x" }, 2, /MONGODB_URI: must start with mongodb/],
])("%j → exit code %i and one line", async (environment, exitCode, line) => {
  const run = await projectList(environment);
  expect(run).toMatchObject({ exitCode, stderr: expect.stringMatching(line) });
  expect(run.stderr.trimEnd()).not.toContain("\n");
});

test("a file of something else is reported", async () => {
  await leaveFile({ pid: "x" });
  expect((await projectList()).stderr).toMatch(/is not what call-log writes/);
});

test("the stack is shown with DEBUG alone", async () => {
  const { stderr } = await projectList({ DEBUG: "1" });
  expect(stderr).toMatch(/\n\s+at /);
});
