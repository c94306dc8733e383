import { readdir, readlink } from "node:fs/promises";
import path from "node:path";

import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { findRedisBinary } from "../src/redis/redis-process.ts";
import { freshFolder, startProcess } from "./standalone-process.ts";

// Its processes are known by their working folder, which only Linux shows.
const canLook = (await findRedisBinary()) !== undefined && process.platform === "linux";

/** Ids of the processes that work in this folder. */
async function processesIn(folder: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(
    ids.map((id) => readlink(`/proc/${id}/cwd`).catch(() => undefined)),
  );
  return ids.filter((_, index) => folders[index] === folder);
}

test.runIf(canLook)("SIGKILL leaves no redis-server behind", async () => {
  await using folder = await freshFolder();
  await using standalone = startProcess(folder.path);
  await standalone.ready();
  const redisFolder = path.join(folder.path, "redis");
  expect(await processesIn(redisFolder)).not.toEqual([]);
  await standalone.end("SIGKILL");
  await noneLeftIn(redisFolder);
});

test.runIf(canLook)("SIGTERM while it starts is an orderly end, and leaves none", async () => {
  await using folder = await freshFolder();
  await using standalone = startProcess(folder.path);
  const redisFolder = path.join(folder.path, "redis");
  await waitFor(async () => (await processesIn(redisFolder)).length > 0, {
    describe: "redis-server",
  });
  expect(await standalone.end("SIGTERM")).toBe(0);
  expect(standalone.errors()).toContain("stopping on SIGTERM");
  await noneLeftIn(redisFolder);
});

function noneLeftIn(folder: string): Promise<unknown> {
  return waitFor(async () => (await processesIn(folder)).length === 0, {
    describe: "the end of redis-server",
  });
}
