import { setImmediate as turn } from "node:timers/promises";

import { TypeEdge } from "./bson-order.ts";
import { TYPE_RANKS } from "./bson-type.ts";
import type { Catalog } from "./catalog.ts";
import type { Collection } from "./collection.ts";
import type { ServerState } from "./command-context.ts";
import type { IndexSpec } from "./index-spec.ts";
import type { IndexTree, KeyRange } from "./index-tree.ts";
import type { StoredDocument } from "./stored-document.ts";

/** So many are removed before commands have their turn: some two milliseconds with the indexes of the call logs. */
const BATCH = 20;

/** The repeated removal of expired documents. */
export interface TtlSweep {
  stop(): Promise<void>;
}

/** Starts to remove expired documents again and again. */
export function startTtlSweep(
  { catalog, now }: Pick<ServerState, "catalog" | "now">,
  everyMs: number,
): TtlSweep {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => sweepExpired(catalog, now(), stopping.signal))
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
      stopping.abort();
      await running;
    },
  };
}

/**
 * Removes the documents that are expired at a moment, a batch at a time with commands in between, and returns how many they were.
 * Whoever stops it has the rest removed at the next turn.
 */
export async function sweepExpired(
  catalog: Catalog,
  moment: Date,
  stopping?: AbortSignal,
): Promise<number> {
  let removed = 0;
  for (const collection of catalog.collections) {
    for (const index of collection.indexes) {
      const range = expiredKeys(index.spec, moment);
      if (range === undefined) continue;
      for (;;) {
        const batch = removeBatch({ catalog, collection, index }, range);
        if (batch === 0) break;
        removed += batch;
        await catalog.commit();
        if (stopping?.aborted === true) return removed;
        await turn();
      }
    }
  }
  return removed;
}

function expiredKeys(spec: IndexSpec, moment: Date): KeyRange | undefined {
  const { expireAfterSeconds, fields } = spec;
  if (expireAfterSeconds === undefined) return undefined;
  const limit = new Date(moment.getTime() - expireAfterSeconds * 1000);
  const first = new TypeEdge(TYPE_RANKS.date, -1);
  const [from, to] = fields[0]?.direction === -1 ? [limit, first] : [first, limit];
  return {
    low: { values: [from], record: Number.NEGATIVE_INFINITY },
    high: { values: [to], record: Number.POSITIVE_INFINITY },
  };
}

interface SweptIndex {
  readonly catalog: Catalog;
  readonly collection: Collection;
  readonly index: IndexTree;
}

function removeBatch({ catalog, collection, index }: SweptIndex, range: KeyRange): number {
  // Since the last batch a client may have dropped them.
  const isThere =
    catalog.find(collection.namespace) === collection &&
    collection.index(index.spec.name) === index;
  if (!isThere) return 0;
  const batch = new Set<StoredDocument>();
  for (const [, stored] of index.scan(range)) {
    batch.add(stored);
    if (batch.size === BATCH) break;
  }
  for (const stored of batch) catalog.remove(collection, stored);
  return batch.size;
}
