import { Queue, QueueEvents, Worker } from "bullmq";
import { Redis } from "ioredis";
import { expect, test } from "vitest";

import { freshRedis } from "./fresh-redis.ts";
import { waitFor } from "./wait-for.ts";

test("BullMQ works on it: jobs at once, delayed, by priority, repeated by a scheduler", async () => {
  await using fresh = await freshRedis();
  const options = { connection: { url: fresh.url }, prefix: fresh.prefix };
  await using queue = disposable(new Queue("numbers", options));
  const done: string[] = [];
  const record = async (job: { name: string }) => void done.push(job.name);
  await queue.add("late", {}, { delay: 50, priority: 20 });
  await queue.add("low", {}, { priority: 10 });
  await queue.add("high", {}, { priority: 1 });
  await queue.add("plain", {}, { jobId: "same" });
  await queue.add("never", {}, { jobId: "same" });
  await using events = disposable(new QueueEvents("numbers", options));
  await events.waitUntilReady();
  await using worker = disposable(new Worker("numbers", record, options));
  await worker.waitUntilReady();
  await waitFor(() => done.includes("late"), { describe: "the delayed job" });
  expect(done).toEqual(["plain", "high", "low", "late"]);
  await queue.upsertJobScheduler("tick", { every: 20 }, { name: "tick" });
  await waitFor(() => done.filter((name) => name === "tick").length >= 3, {
    describe: "three ticks",
  });
});

test("two do not see each other, and close leaves nothing behind", async () => {
  await using keeper = await freshRedis();
  const [a, b] = await Promise.all([freshRedis(), freshRedis()]);
  expect(a.prefix).not.toBe(b.prefix);
  const redis = new Redis(keeper.url);
  const queue = new Queue("left", { connection: { url: a.url }, prefix: a.prefix });
  await queue.add("left", {});
  await queue.close();
  expect(await redis.keys(`${a.prefix}:*`)).not.toEqual([]);
  await Promise.all([a.close(), b.close()]);
  expect(await redis.keys(`${a.prefix}:*`)).toEqual([]);
  redis.disconnect();
});

function disposable<T extends { close(): Promise<void> }>(resource: T) {
  return Object.assign(resource, { [Symbol.asyncDispose]: () => resource.close() });
}
