import { Redis } from "ioredis";

import type { RedisFacts } from "./server-checks.ts";

/** How long Redis may take to answer, in milliseconds. */
const PATIENCE_MS = 3000;

/** What a Redis server says of itself; rejects when it is away. */
export async function lookAtRedis(redisUrl: string): Promise<RedisFacts> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: PATIENCE_MS,
    commandTimeout: PATIENCE_MS,
  });
  // The command's own error says what is wrong; without a listener ioredis prints it.
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return redisFacts(await redis.info(), await savesOf(redis));
  } finally {
    redis.disconnect();
  }
}

/** What INFO and the setting `save` say; `saves` is undefined where nobody may ask. */
export function redisFacts(info: string, saves: string | undefined): RedisFacts {
  const values = new Map<string, string>();
  for (const line of info.split(/\r?\n/)) {
    const [name = "", value] = line.split(":", 2);
    if (value !== undefined) values.set(name, value);
  }
  const number = (name: string) => {
    const value = values.get(name);
    return value === undefined ? undefined : Number(value);
  };
  const appends = values.get("aof_enabled");
  return {
    version: values.get("redis_version"),
    policy: values.get("maxmemory_policy"),
    usedBytes: number("used_memory"),
    maxBytes: number("maxmemory"),
    isPersistent:
      appends === undefined || saves === undefined ? undefined : appends === "1" || saves !== "",
  };
}

// Hosted servers refuse CONFIG.
async function savesOf(redis: Redis): Promise<string | undefined> {
  try {
    const answer = (await redis.config("GET", "save")) as string[];
    return answer[1] ?? "";
  } catch {
    return undefined;
  }
}
