import { freshRedis, type FreshRedis } from "@call-log/testing";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";

import { createRedisProxy } from "../testing/redis-proxy.ts";
import { connected, producerConnection } from "./redis-connection.ts";
import { createRedisWatch } from "./redis-watch.ts";

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

let redis: FreshRedis;
beforeAll(async () => {
  redis = await freshRedis();
});
afterAll(() => redis.close());

/** A producer before a Redis that is away, and has refused it once already. */
async function refusedProducer() {
  const gate = await createRedisProxy(redis.url);
  const connection = producerConnection(gate.url, createRedisWatch(SILENT));
  onTestFinished(async () => {
    connection.disconnect();
    await gate.shut();
  });
  await new Promise((resolve) => connection.once("error", resolve));
  return { gate, connection };
}

test("a producer waits for a Redis that is started again, through tries that fail", async () => {
  const { gate, connection } = await refusedProducer();
  const waiting = connected(connection);
  await new Promise((resolve) => connection.once("error", resolve));
  await gate.open();
  await waiting;
  expect(await connection.ping()).toBe("PONG");
});

test("a producer waits for two seconds from the loss on, not for each command", async () => {
  const { connection } = await refusedProducer();
  const tooLate = /aborted/;
  await expect(connected(connection)).rejects.toThrow(tooLate);
  const startedAt = performance.now();
  for (let command = 0; command < 5; command += 1)
    await expect(connected(connection)).rejects.toThrow(tooLate);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
