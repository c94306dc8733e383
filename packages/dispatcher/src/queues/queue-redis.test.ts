import { freshRedis } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import type { LogFields } from "../context/log.ts";
import { QueueRedis, withoutPolicy } from "./queue-redis.ts";
import { createRedisWatch } from "./redis-watch.ts";

const answer = (policy: string) =>
  `# Server\r\nredis_version:7.0.15\r\n# Memory\r\nmaxmemory_policy:${policy}\r\nallocator:x\r\n`;
const WITHOUT = "# Server\r\nredis_version:7.0.15\r\n# Memory\r\nallocator:x\r\n";

/** A connection to a Redis of the test's own, and the warnings it logs. */
async function connection() {
  const redis = await freshRedis();
  const warnings: [LogFields, string][] = [];
  const log = {
    info: () => undefined,
    error: () => undefined,
    warn: (fields: LogFields, line: string) => void warnings.push([fields, line]),
  };
  const made = new QueueRedis(redis.url, {}, createRedisWatch(log));
  onTestFinished(async () => {
    made.disconnectAll();
    await redis.close();
  });
  return { made, warnings };
}

test.each(["allkeys-lru", "volatile-ttl"])("a Redis with %s deletes jobs", (policy) => {
  expect(withoutPolicy(answer(policy))).toEqual({ text: WITHOUT, evicts: policy });
});

test.each([answer("noeviction"), WITHOUT])("a Redis that deletes nothing: %j", (info) => {
  expect(withoutPolicy(info)).toEqual({ text: WITHOUT, evicts: undefined });
});

test("BullMQ finds no policy to print a warning about, on any connection", async () => {
  const { made, warnings } = await connection();
  const [own, duplicates] = await Promise.all([made.info(), made.duplicate().info()]);
  for (const info of [own, duplicates]) {
    expect(info).toContain("redis_version:");
    expect(info).not.toContain("maxmemory_policy:");
  }
  expect(warnings).toEqual([]);
});

test("its duplicates end with it", async () => {
  const { made } = await connection();
  const duplicate = made.duplicate();
  await duplicate.ping();
  const ended = new Promise((resolve) => duplicate.once("end", resolve));
  made.disconnectAll();
  await ended;
  expect(duplicate.status).toBe("end");
});
