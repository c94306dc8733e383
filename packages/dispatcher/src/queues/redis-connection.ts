import { once } from "node:events";

import type { Redis } from "ioredis";

import type { Log } from "../context/log.ts";
import { errorFields } from "../context/log.ts";
import { QueueRedis } from "./queue-redis.ts";

/** How long a command may take, and how long one waits for a connection that is being made, in milliseconds. */
const PRODUCER_PATIENCE_MS = 2000;

/** Since when a producer's connection is not there, by `performance.now()`. */
const awaySince = new WeakMap<Redis, number>();

/** A connection for producers: a command fails soon when Redis is away, and connects again by itself. */
export function producerConnection(url: string, log: Log): Redis {
  const options = {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: PRODUCER_PATIENCE_MS,
    commandTimeout: PRODUCER_PATIENCE_MS,
    retryStrategy,
  };
  const connection = watched(new QueueRedis(url, options, log), log);
  awaySince.set(connection, performance.now());
  connection.on("ready", () => awaySince.delete(connection));
  connection.on("close", () => {
    if (!awaySince.has(connection)) awaySince.set(connection, performance.now());
  });
  return connection;
}

/** A connection for workers: commands wait until Redis is back. */
export function workerConnection(url: string, log: Log): QueueRedis {
  return watched(new QueueRedis(url, { maxRetriesPerRequest: null, retryStrategy }, log), log);
}

/** Resolves when a producer's connection can take commands; rejects when it has not been there for 2 seconds. */
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

function watched(connection: QueueRedis, log: Log): QueueRedis {
  // Until it was ready once, its callers get the error and report it.
  let isAway = true;
  connection.on("error", (error: unknown) => {
    if (!isAway) log.warn(errorFields(error), "Redis is away");
    isAway = true;
  });
  connection.on("ready", () => {
    isAway = false;
  });
  return connection;
}
