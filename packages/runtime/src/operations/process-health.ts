import type { Queues } from "@call-log/dispatcher";
import { isDatabaseAway, type Store } from "@call-log/store";

import type { HealthAnswer } from "./operations-server.ts";
import { type Found, sharedProbe } from "./shared-probe.ts";

/** What a process's health is read from. */
export interface HealthSources {
  store: Pick<Store, "checkWrite">;
  queues: Pick<Queues, "checkWrite">;
  /** A worker does nothing without the queue. An api takes calls all the same: they are in the database, and dialled when Redis is back. */
  needsQueue: boolean;
  /** True once the process is about to end. */
  isStopping: () => boolean;
  /** Queues whose worker makes no progress. @defaultValue none: no workers run here */
  stuckQueues?: () => readonly string[];
}

/** The health of a process, as supervisors and load balancers ask for it. */
export interface ProcessHealth {
  /** Not ok when only a restart helps. A process whose event loop hangs gives no answer at all. */
  live(): HealthAnswer;
  /** Ok while the process can work: its database takes writes, and the queue too where it needs that. */
  ready(): Promise<HealthAnswer>;
}

/** Read the health of a process; however often it is asked, it looks at its servers once a second. */
export function processHealth(sources: HealthSources): ProcessHealth {
  const { store, queues, needsQueue, isStopping, stuckQueues = () => [] } = sources;
  const findMongodb = sharedProbe({
    check: () => store.checkWrite(),
    isRefusal: (error) => !isDatabaseAway(error),
  });
  const findRedis = sharedProbe({
    check: () => queues.checkWrite(),
    isRefusal: (error) => error instanceof Error && error.name === "ReplyError",
  });
  return {
    live() {
      const stuck = stuckQueues();
      if (stuck.length === 0) return { ok: true, body: { status: "live" } };
      return { ok: false, body: { status: "stuck", queues: stuck } };
    },
    async ready() {
      const [mongodb, redis] = await Promise.all([findMongodb(), findRedis()]);
      const status = isStopping() ? "not ready" : statusOf({ mongodb, redis, needsQueue });
      return { ok: status !== "not ready", body: { status, mongodb, redis } };
    },
  };
}

function statusOf(found: {
  mongodb: Found;
  redis: Found;
  needsQueue: boolean;
}): "ready" | "degraded" | "not ready" {
  const { mongodb, redis, needsQueue } = found;
  if (mongodb !== "up") return "not ready";
  if (redis === "up") return "ready";
  return needsQueue ? "not ready" : "degraded";
}
