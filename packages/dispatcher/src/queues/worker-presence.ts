import type { Redis } from "ioredis";
import { z } from "zod";

import { connected } from "./redis-connection.ts";

/** How long a worker counts as alive after its last sign of life, in milliseconds. */
const ALIVE_MS = 15_000;

const workerInfo = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number(),
  startedAt: z.iso.datetime(),
  /** How many jobs it does at a time, by queue. */
  concurrency: z.object({ requests: z.number(), dispatch: z.number(), events: z.number() }),
  /** Delays of callbacks that it recorded, counted by the classes of `lag-meter.ts`. */
  lag: z.array(z.number()),
  /** Which providers' callbacks came and which did not, see `callback-silence.ts`. */
  silence: z
    .record(
      z.string(),
      z.object({
        heardAt: z.iso.datetime().optional(),
        silent: z.record(z.string(), z.iso.datetime()),
      }),
    )
    .optional(),
  /** It takes no more jobs. */
  draining: z.boolean().optional(),
  /** How many jobs it does at this moment. */
  activeJobs: z.number().optional(),
});

/** Report of a worker process. */
export type WorkerInfo = z.output<typeof workerInfo>;

/** Live worker processes. Each call rejects within seconds while Redis is unreachable. */
export interface WorkerPresence {
  /** Announce a worker; it counts as dead 15 seconds after its last announcement. */
  announce(info: WorkerInfo): Promise<void>;
  /** Remove a worker that ends. */
  leave(id: string): Promise<void>;
  /** Those that are alive, oldest first. */
  list(): Promise<WorkerInfo[]>;
}

/** Presence in Redis: a key for each worker that expires, and a set of their names. */
export function createWorkerPresence(connection: Redis, prefix: string): WorkerPresence {
  // One hash tag, so that a cluster keeps them together.
  const base = prefix.includes("{") ? `${prefix}:workers` : `{${prefix}:workers}`;
  const names = `${base}:names`;
  const keyOf = (id: string) => `${base}:${id}`;
  return {
    async announce(info) {
      await connected(connection);
      await connection.set(keyOf(info.id), JSON.stringify(info), "PX", ALIVE_MS);
      await connection.sadd(names, info.id);
    },
    async leave(id) {
      await connected(connection);
      await connection.del(keyOf(id));
      await connection.srem(names, id);
    },
    async list() {
      await connected(connection);
      const ids = await connection.smembers(names);
      if (ids.length === 0) return [];
      const found = await connection.mget(ids.map(keyOf));
      const dead = ids.filter((_, index) => found[index] === null);
      if (dead.length > 0) await connection.srem(names, dead);
      const alive = found.flatMap((text) =>
        text === null ? [] : (workerInfo.safeParse(JSON.parse(text)).data ?? []),
      );
      return alive.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
    },
  };
}
