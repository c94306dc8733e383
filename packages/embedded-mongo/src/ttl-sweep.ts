import { TypeEdge } from "./bson-order.ts";
import { TYPE_RANKS } from "./bson-type.ts";
import type { Catalog } from "./catalog.ts";
import type { Collection } from "./collection.ts";
import type { ServerState } from "./command-context.ts";
import type { IndexTree } from "./index-tree.ts";

/** The repeated removal of expired documents. */
export interface TtlSweep {
  stop(): Promise<void>;
}

/** Starts to remove expired documents again and again. */
export function startTtlSweep(
  { catalog, now }: Pick<ServerState, "catalog" | "now">,
  everyMs: number,
): TtlSweep {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => sweepExpired(catalog, now()))
      .then(
        () => undefined,
        // What could not be removed is still there and is tried again at the next turn.
        () => undefined,
      );
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** Removes the documents that are expired at a moment and returns how many they were. */
export async function sweepExpired(catalog: Catalog, moment: Date): Promise<number> {
  let removed = 0;
  for (const collection of catalog.collections) {
    for (const index of collection.indexes)
      removed += removeExpired({ catalog, collection, index }, moment);
  }
  if (removed > 0) await catalog.commit();
  return removed;
}

interface SweptIndex {
  readonly catalog: Catalog;
  readonly collection: Collection;
  readonly index: IndexTree;
}

function removeExpired({ catalog, collection, index }: SweptIndex, moment: Date): number {
  const { expireAfterSeconds, fields } = index.spec;
  if (expireAfterSeconds === undefined) return 0;
  const limit = new Date(moment.getTime() - expireAfterSeconds * 1000);
  const first = new TypeEdge(TYPE_RANKS.date, -1);
  const [from, to] = fields[0]?.direction === -1 ? [limit, first] : [first, limit];
  const range = {
    low: { values: [from], record: Number.NEGATIVE_INFINITY },
    high: { values: [to], record: Number.POSITIVE_INFINITY },
  };
  const expired = new Set(Array.from(index.scan(range), ([, stored]) => stored));
  for (const stored of expired) catalog.remove(collection, stored);
  return expired.size;
}
