import { createQueues } from "@call-log/dispatcher";
import { freshRedis } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { createRequestCounts } from "./request-counts.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const START = Date.UTC(2026, 10, 29);

async function twoProcesses(redisUrl?: string) {
  const redis = await freshRedis();
  const clock = { ms: START };
  const open = () => {
    const queues = createQueues({
      redisUrl: redisUrl ?? redis.url,
      prefix: redis.prefix,
      log: silent,
    });
    const counts = createRequestCounts({
      counters: queues.counters,
      now: () => new Date(clock.ms),
    });
    return { counts, ready: () => queues.ping(), close: () => (counts.close(), queues.close()) };
  };
  const processes = [open(), open()] as const;
  onTestFinished(async () => {
    await Promise.all(processes.map((one) => one.close()));
    await redis.close();
  });
  if (redisUrl === undefined) await Promise.all(processes.map((one) => one.ready()));
  const [first, second] = processes.map(({ counts }) => counts);
  return { clock, first: first!, second: second! };
}

test("requests of a minute are counted, and forgotten with it", async () => {
  const { clock, first } = await twoProcesses();
  clock.ms += 20_000;
  expect(first.add("key", 3)).toEqual({ current: 3, ttl: 40_000 });
  expect(first.add("key", 1)).toEqual({ current: 4, ttl: 40_000 });
  expect(first.add("other", 1)).toEqual({ current: 1, ttl: 40_000 });
  clock.ms += 40_000;
  expect(first.add("key", 1)).toEqual({ current: 1, ttl: 60_000 });
});

test("processes know of each other's once they shared", async () => {
  const { clock, first, second } = await twoProcesses();
  first.add("key", 100);
  second.add("key", 50);
  await Promise.all([first.share(), second.share()]);
  first.add("key", 20);
  await first.share();
  second.add("key", 10);
  await second.share();
  expect([first.add("key", 0).current, second.add("key", 0).current]).toEqual([170, 180]);
  clock.ms += 60_000;
  second.add("key", 30);
  await second.share();
  expect(second.add("key", 0).current).toBe(30);
});

test("while Redis is away each goes by its own", async () => {
  const { first } = await twoProcesses("redis://127.0.0.1:1");
  first.add("key", 100);
  await expect(first.share()).rejects.toThrow(/writeable|closed/);
  expect(first.add("key", 1).current).toBe(101);
});
