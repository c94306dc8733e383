import { once } from "node:events";

import { freshRedis, type FreshRedis } from "@call-log/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";

import { shareWrites } from "./shared-writes.ts";

let redis: FreshRedis;
let connection: Redis;

beforeAll(async () => {
  redis = await freshRedis();
});
afterAll(() => redis.close());
beforeEach(async () => {
  connection = shareWrites(new Redis(redis.url, { retryStrategy: () => 1 }));
  onTestFinished(() => connection.disconnect());
  await connection.ping();
});

const key = () => `${redis.prefix}:shared-writes`;

test("commands of one turn leave in one write, and each gets its own answer", async () => {
  const together = vi.spyOn(connection.stream, "_writev");
  const alone = vi.spyOn(connection.stream, "_write");
  const answers = [connection.set(key(), 1), connection.incr(key()), connection.get(key())];
  expect(await Promise.all(answers)).toEqual(["OK", 2, "2"]);
  expect(together).toHaveBeenCalledOnce();
  expect(alone).not.toHaveBeenCalled();
});

test("a new connection goes on where the old one was lost", async () => {
  const lost = once(connection, "close");
  connection.stream.destroy();
  const answer = connection.ping();
  await lost;
  expect(await answer).toBe("PONG");
  expect(await connection.ping()).toBe("PONG");
});
