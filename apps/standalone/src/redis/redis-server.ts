import type { BackingServer } from "../backing-server.ts";
import type { StandaloneConfig } from "../config.ts";
import { findRedisBinary, spawnRedis } from "./redis-process.ts";

/**
 * The Redis that is configured, or a `redis-server` found on PATH with its data in `DATA_DIR/redis`, or one in this process, in memory.
 * Losing it loses no call: the database is the record, and the sweeper queues again what was queued.
 */
export async function openRedis(config: StandaloneConfig): Promise<BackingServer> {
  if (config.REDIS_URL !== undefined)
    return { uri: config.REDIS_URL, label: "REDIS_URL", close: async () => {} };
  const binary = await findRedisBinary();
  if (binary !== undefined) return spawnRedis(binary, config.DATA_DIR);
  const { startEmbeddedRedis } = await import("./embedded-redis.ts");
  return startEmbeddedRedis();
}
