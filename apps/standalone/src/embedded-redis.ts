import { once } from "node:events";

import {
  createRedisCommandExecutor,
  RedisServerState,
  resolveCompatibilityProfile,
  Resp2Server,
} from "js-redis-server/core";

import type { BackingServer } from "./mongo-server.ts";

/** A Redis in this process, in memory. Built from the library's parts, since its own `listen` opens every network interface. */
export async function startEmbeddedRedis(): Promise<BackingServer> {
  const compatibility = resolveCompatibilityProfile();
  const redis = new Resp2Server({
    server: new RedisServerState({ databaseCount: 1, compatibility }),
    executor: createRedisCommandExecutor({ compatibility }),
  });
  redis.server.listen(0, "127.0.0.1");
  await once(redis.server, "listening");
  return {
    uri: `redis://${redis.getAddress()}`,
    label: "embedded, in memory",
    close: () => redis.close(),
  };
}
