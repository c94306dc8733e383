import { freshRedis, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { createRedisProxy } from "../testing/redis-proxy.ts";
import { workerConnection } from "./redis-connection.ts";
import { createRedisWatch } from "./redis-watch.ts";

function watched() {
  const lines: string[] = [];
  const write = (_fields: object, text: string) => void lines.push(text);
  return { lines, watch: createRedisWatch({ info: write, warn: write, error: write }) };
}

test("a Redis that goes away and comes back is two lines, however many connections there are", async () => {
  const redis = await freshRedis();
  const gate = await createRedisProxy(redis.url);
  await gate.open();
  const { lines, watch } = watched();
  const connection = workerConnection(gate.url, watch);
  onTestFinished(async () => {
    connection.disconnectAll();
    await gate.shut();
    await redis.close();
  });
  const all = [connection, connection.duplicate(), connection.duplicate()];
  await Promise.all(all.map((one) => one.ping()));
  let failures = 0;
  for (const one of all) one.on("error", () => (failures += 1));
  await gate.shut();
  await waitFor(() => failures > 9);
  expect(lines).toEqual(["Redis is away"]);
  await gate.open();
  await waitFor(() => lines.length > 1);
  await Promise.all(all.map((one) => one.ping()));
  expect(lines).toEqual(["Redis is away", "Redis is back"]);
});

test("an eviction policy that deletes jobs is said once, and again when it is another", () => {
  const { lines, watch } = watched();
  for (const policy of ["allkeys-lru", "allkeys-lru", undefined, "volatile-ttl"])
    watch.notePolicy(policy);
  expect(lines).toEqual([
    "Redis may delete jobs: set its maxmemory-policy to noeviction",
    "Redis may delete jobs: set its maxmemory-policy to noeviction",
  ]);
});
