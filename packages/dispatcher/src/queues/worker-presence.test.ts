import { freshRedis, type FreshRedis } from "@call-log/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createWorkerPresence } from "./worker-presence.ts";

let redis: FreshRedis;
let connection: Redis;
beforeAll(async () => {
  redis = await freshRedis();
  connection = new Redis(redis.url);
});
afterAll(async () => {
  connection.disconnect();
  await redis.close();
});

const worker = (id: string, startedAt = "2026-11-25T03:12:00.000Z") => ({
  id,
  host: "node-1",
  pid: 7,
  startedAt,
  concurrency: { requests: 20, dispatch: 50, events: 20 },
  lag: [],
});

test("a worker is alive for 15 seconds after its last sign of life, and then forgotten", async () => {
  const presence = createWorkerPresence(connection, redis.prefix);
  const [later, first] = [worker("b", "2026-11-25T03:13:00.000Z"), worker("a")];
  await presence.announce(later);
  await presence.announce(first);
  expect(await presence.list()).toEqual([first, later]);
  const [key] = await connection.keys(`*${redis.prefix}*workers*:a`);
  const left = await connection.pttl(key!);
  expect(left).toBeGreaterThan(10_000);
  expect(left).toBeLessThanOrEqual(15_000);
  // As if the time had passed.
  await connection.del(key!);
  expect(await presence.list()).toEqual([later]);
  const [names] = await connection.keys(`*${redis.prefix}*workers*:names`);
  expect(await connection.smembers(names!)).toEqual(["b"]);
});

test("what is no worker's word is left out", async () => {
  const presence = createWorkerPresence(connection, `${redis.prefix}:other`);
  await presence.announce({ ...worker("a"), pid: "x" as unknown as number });
  await presence.announce(worker("b"));
  expect((await presence.list()).map(({ id }) => id)).toEqual(["b"]);
});
