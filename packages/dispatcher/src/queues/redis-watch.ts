import type { Log } from "../context/log.ts";
import { createOutage, type Outage } from "../context/outage.ts";

/** A process's log lines about its Redis, once for all connections. */
export interface RedisWatch {
  outage: Outage;
  /** The eviction policy that lets Redis delete jobs was found; undefined for one that does not. */
  notePolicy(evicts: string | undefined): void;
}

/** Watches over the connections of one process to one Redis. */
export function createRedisWatch(log: Log): RedisWatch {
  let known: string | undefined;
  return {
    outage: createOutage(log, { away: "Redis is away", back: "Redis is back" }),
    notePolicy(evicts) {
      if (evicts !== undefined && evicts !== known)
        log.warn(
          { policy: evicts },
          "Redis may delete jobs: set its maxmemory-policy to noeviction",
        );
      known = evicts;
    },
  };
}
