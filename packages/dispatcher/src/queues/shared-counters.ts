import type { Redis } from "ioredis";

/** Counters that all processes share. */
export interface SharedCounters {
  /**
   * Add to counters by name; what each is then, in their order. They go so many milliseconds after they began. Rejects
   * within seconds while Redis is away.
   */
  add(counts: readonly { name: string; by: number }[], lifeMs: number): Promise<number[]>;
}

/** Counters in Redis, under this prefix. */
export function createSharedCounters(connection: Redis, prefix: string): SharedCounters {
  return {
    add: (counts, lifeMs) =>
      Promise.all(
        counts.map(async ({ name, by }) => {
          const key = `${prefix}:count:${name}`;
          const total = await connection.incrby(key, by);
          if (total === by) await connection.pexpire(key, lifeMs);
          return total;
        }),
      ),
  };
}
