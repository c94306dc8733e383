import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { QUEUES } from "@call-log/model";
import { waitFor } from "@call-log/testing";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";

import type { LogFields } from "../context/log.ts";
import { runWorker } from "./queue-worker.ts";
import { workerBackoff } from "./worker-backoff.ts";

function braked() {
  const waits: number[] = [];
  const acts: string[] = [];
  let now = 0;
  let release: (() => void) | undefined;
  const worker = {
    pause: async () => void acts.push("pause"),
    resume: async () => void acts.push("resume"),
  };
  const backoff = workerBackoff(worker, {
    elapsedMs: () => now,
    after(waitMs, act) {
      waits.push(waitMs);
      release = act;
      return { cancel: () => (release = undefined) };
    },
  });
  const letGo = () => {
    now += waits.at(-1)!;
    release?.();
  };
  return { backoff, waits, acts, letGo, pass: (ms: number) => (now += ms) };
}

test("waits grow from error to error, up to five seconds, and begin small after a calm time", () => {
  const { backoff, waits, letGo, pass } = braked();
  for (let index = 0; index < 7; index += 1) {
    backoff.onError();
    backoff.onError();
    letGo();
  }
  expect(waits).toEqual([200, 400, 800, 1600, 3200, 5000, 5000]);
  pass(10_001);
  backoff.onError();
  expect(waits.at(-1)).toBe(200);
});

test("a closed worker is not released", () => {
  const { backoff, acts, letGo } = braked();
  backoff.onError();
  backoff.close();
  letGo();
  backoff.onError();
  expect(acts).toEqual(["pause"]);
});

const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** A Redis on a socket of its own, without files. */
async function ownRedis() {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-backoff-"));
  const socket = path.join(folder, "redis.sock");
  const child = spawn(
    "redis-server",
    ["--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder],
    { stdio: "ignore" },
  );
  const client = new Redis(socket, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on("error", () => {
    // It is about to start.
  });
  onTestFinished(async () => {
    client.disconnect();
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true });
  });
  await client.ping();
  return client;
}

test.runIf(hasRedis)(
  "a worker whose Redis is out of memory asks rarely, says why, and goes on when there is some",
  async () => {
    const client = await ownRedis();
    const connection = client.duplicate();
    const problems: { at: number; fields: LogFields }[] = [];
    const done: unknown[] = [];
    const log = {
      info: () => {},
      warn: () => {},
      error: (fields: LogFields) => void problems.push({ at: performance.now(), fields }),
    };
    const queue = new Queue(QUEUES.dispatch.name, { connection: client, prefix: "backoff" });
    await queue.add("call", {}, { jobId: "one" });
    await client.config("SET", "maxmemory", "1");
    const worker = runWorker("dispatch", async (job) => void done.push(job.id), {
      connection,
      prefix: "backoff",
      log,
      outage: { leaveOut: () => false, quiet: (quieted) => quieted },
      options: {},
    });
    onTestFinished(async () => {
      await worker.close();
      await queue.close();
      connection.disconnect();
    });
    await waitFor(() => problems.length >= 5);
    const [first] = problems;
    expect(first!.fields).toMatchObject({
      queue: QUEUES.dispatch.name,
      error: "ReplyError",
      code: "OOM",
    });
    // A round has two at most, of the jobs and of the stalled ones; between three rounds are 200 and 400 ms.
    expect(problems[4]!.at - first!.at).toBeGreaterThan(550);
    expect(done).toEqual([]);
    await client.config("SET", "maxmemory", "0");
    await waitFor(() => done.length === 1);
  },
);
