import { once } from "node:events";

import type { Redis } from "ioredis";

import { QueueRedis } from "./queue-redis.ts";
import type { RedisWatch } from "./redis-watch.ts";

/** How long a command may take, and how long one waits for a connection that is being made, in milliseconds. */
const PRODUCER_PATIENCE_MS = 2000;

/** Since when a producer's connection is lost, by `performance.now()`. */
const awaySince = new WeakMap<Redis, number>();

/** A connection for producers: a command fails soon when Redis is away, and connects again by itself. */
export function producerConnection(url: string, watch: RedisWatch): Redis {
  const options = {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: PRODUCER_PATIENCE_MS,
    commandTimeout: PRODUCER_PATIENCE_MS,
    retryStrategy,
  };
  const connection = new QueueRedis(url, options, watch);
  awaySince.set(connection, performance.now());
  connection.on("ready", () => awaySince.delete(connection));
  connection.on("close", () => {
    if (!awaySince.has(connection)) awaySince.set(connection, performance.now());
  });
  return connection;
}

/** A connection for workers: commands wait until Redis is back. */
export function workerConnection(url: string, watch: RedisWatch): QueueRedis {
  return new QueueRedis(url, { maxRetriesPerRequest: null, retryStrategy }, watch);
}

/** Resolves when a producer's connection can take commands; rejects after it was lost for 2 seconds. */
export async function connected(connection: Redis): Promise<void> {
  if (isReady(connection)) return;
  const lostAt = awaySince.get(connection) ?? performance.now();
  const left = PRODUCER_PATIENCE_MS - (performance.now() - lostAt);
  const patience = AbortSignal.timeout(Math.max(1, Math.ceil(left)));
  do
    await once(connection, "ready", { signal: patience }).catch((error: unknown) => {
      // A try to connect has failed, and the next one follows.
      if (patience.aborted) throw error;
    });
  while (!isReady(connection));
}

function isReady({ status }: Redis): boolean {
  return status === "ready";
}

function retryStrategy(times: number): number {
  return Math.min(times * 100, 2000);
}
