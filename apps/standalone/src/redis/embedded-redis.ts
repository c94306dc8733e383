import { once } from "node:events";
import { setImmediate as turn } from "node:timers/promises";

import {
  createRedisCommandExecutor,
  RedisServerState,
  resolveCompatibilityProfile,
  Resp2Server,
} from "js-redis-server/core";

import type { BackingServer } from "../backing-server.ts";
import { newPassword } from "../new-password.ts";

/** Words that an HTTP request has and no Redis client sends; Redis hangs up on them, too. */
const HTTP_WORDS = new Set(["post", "host:"]);

/** The library copies a whole list or set at each access, so its time grows with the square of the jobs. */
const MAX_DISPATCH_JOBS = 200;

/** More at a time are no faster in one process, and each takes longer: an emergency has to wait for those before it. */
const MAX_CONCURRENCY = 8;

/** How long commands may follow each other before everything else in the process has its turn, in milliseconds. */
const SLICE_MS = 25;

/**
 * A Redis in this process, in memory, reachable by password only. Built from the library's parts, since its own `listen` opens every network
 * interface.
 */
export async function startEmbeddedRedis(): Promise<BackingServer> {
  const compatibility = resolveCompatibilityProfile();
  const requirepass = newPassword();
  const redis = new Resp2Server({
    server: new RedisServerState({ databaseCount: 1, compatibility, requirepass }),
    executor: guardedExecutor(compatibility),
  });
  redis.server.listen(0, "127.0.0.1");
  await once(redis.server, "listening");
  return {
    uri: `redis://:${requirepass}@${redis.getAddress()}`,
    label: "embedded, in memory",
    maxDispatchJobs: MAX_DISPATCH_JOBS,
    maxConcurrency: MAX_CONCURRENCY,
    close: () => redis.close(),
  };
}

// The library answers a client's next command in the same turn of the event loop, so that a busy queue would keep HTTP from ever being served.
function guardedExecutor(compatibility: ReturnType<typeof resolveCompatibilityProfile>) {
  const executor = createRedisCommandExecutor({ compatibility });
  let turnedAt = performance.now();
  const run = executor.executeRaw.bind(executor);
  executor.executeRaw = async (command, args, context) => {
    if (performance.now() - turnedAt > SLICE_MS) {
      await turn();
      turnedAt = performance.now();
    }
    if (HTTP_WORDS.has(command.toString().toLowerCase())) context.session.disconnect("HTTP");
    return run(command, args, context);
  };
  return executor;
}
