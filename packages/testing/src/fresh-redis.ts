import { randomUUID } from "node:crypto";

import { Redis } from "ioredis";
import { createRedisMock } from "js-redis-server";

import { shareServer } from "./shared-server.ts";

/** A Redis and a key prefix of a test's own. */
export interface FreshRedis {
  url: string;
  /** BullMQ `prefix`, in a hash tag so that it works on a cluster, too. */
  prefix: string;
  /** Delete the keys under the prefix, and stop the server if this was its last user. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const inProcess = shareServer(() => createRedisMock());

/** A fresh queue prefix on the Redis of REDIS_URL, else on one in this process. */
export async function freshRedis(): Promise<FreshRedis> {
  const external = process.env["REDIS_URL"];
  const url = external ?? (await inProcess.acquire()).url;
  const prefix = `{test-${randomUUID()}}`;
  const close = async () => {
    await deleteKeys(url, prefix);
    if (external === undefined) await inProcess.release();
  };
  return { url, prefix, close, [Symbol.asyncDispose]: close };
}

async function deleteKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url);
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1000 })) {
      if (keys.length > 0) await redis.del(...(keys as string[]));
    }
  } finally {
    redis.disconnect();
  }
}
