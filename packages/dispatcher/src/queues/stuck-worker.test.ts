import { freshRedis, suiteLog, waitFor } from "@call-log/testing";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { expect, onTestFinished, test } from "vitest";

import type { Measurements } from "../context/metrics.ts";
import { runWorker } from "./queue-worker.ts";

test("a worker whose job hangs is stuck until that ends; each job is measured, and a failed one as such", async () => {
  const redis = await freshRedis();
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const queue = new Queue("call-dispatch", { connection, prefix: redis.prefix });
  const jobs: Measurements["job"][] = [];
  let release = () => {};
  const hung = new Promise<void>((resolve) => {
    release = resolve;
  });
  const worker = runWorker(
    "dispatch",
    async ({ name }) => {
      if (name === "fails") throw new Error("a fault of the test");
      await hung;
    },
    {
      connection,
      prefix: redis.prefix,
      log: suiteLog,
      outage: { leaveOut: () => false, quiet: (log) => log },
      measure: (_name, job) => void jobs.push(job as Measurements["job"]),
      options: { concurrency: 1 },
      longestJobMs: 20,
    },
  );
  onTestFinished(async () => {
    await worker.close();
    await queue.close();
    connection.disconnect();
    await redis.close();
  });
  expect(worker.isStuck()).toBe(false);
  await queue.add("fails", {});
  await waitFor(() => jobs.length === 1);
  expect(jobs[0]).toMatchObject({ queue: "call-dispatch", failed: true });
  expect(worker.isStuck()).toBe(false);
  await queue.add("hangs", {});
  await waitFor(() => worker.isStuck());
  release();
  await waitFor(() => !worker.isStuck());
  await waitFor(() => jobs.length === 2);
  expect(jobs[1]).toMatchObject({ failed: false });
});
