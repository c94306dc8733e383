import { setImmediate as turn } from "node:timers/promises";

import { TypeEdge } from "./bson-order.ts";
import { TYPE_RANKS } from "./bson-type.ts";
import type { Catalog } from "./catalog.ts";
import type { ServerState } from "./command-context.ts";
import type { KeyRange } from "./index-entries.ts";
import type { IndexSpec } from "./index-spec.ts";

/** So many are removed before commands have their turn: some two milliseconds with the indexes of the call logs. */
const BATCH = 20;

/** The repeated removal of expired documents. */
export interface TtlSweep {
  stop(): Promise<void>;
}

/** Starts to remove expired documents again and again. */
export function startTtlSweep(
  { catalog, now, onError }: Pick<ServerState, "catalog" | "now" | "onError">,
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
        (error: unknown) => onError(error instanceof Error ? error : new Error(String(error))),
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
  for (const { namespace, indexes } of catalog.collections) {
    for (const { spec } of indexes) {
      const range = expiredKeys(spec, moment);
      if (range === undefined) continue;
      for (;;) {
        const index = { namespace, name: spec.name };
        const hasSome = !firstOf(expiredIn(catalog, index, range)).done;
        const batch = hasSome ? await catalog.write(() => removeBatch(catalog, index, range)) : 0;
        if (batch === 0) break;
        removed += batch;
        if (stopping?.aborted === true) return removed;
        await turn();
      }
    }
  }
  return removed;
}

function firstOf<Item>(items: Generator<Item>): IteratorResult<Item, unknown> {
  const first = items.next();
  items.return(undefined);
  return first;
}

function expiredKeys(spec: IndexSpec, moment: Date): KeyRange | undefined {
  const { expireAfterSeconds, fields } = spec;
  if (expireAfterSeconds === undefined) return undefined;
  const limit = new Date(moment.getTime() - expireAfterSeconds * 1000);
  const first = new TypeEdge(TYPE_RANKS.date, -1);
  const [from, to] = fields[0]?.direction === -1 ? [limit, first] : [first, limit];
  return { low: { values: [from], side: "before" }, high: { values: [to], side: "after" } };
}

interface SweptIndex {
  readonly namespace: string;
  readonly name: string;
}

// Since the last batch a client may have dropped the index.
function* expiredIn(
  catalog: Catalog,
  { namespace, name }: SweptIndex,
  range: KeyRange,
): Generator<number> {
  for (const { record } of catalog.find(namespace)?.index(name)?.scan(range) ?? []) yield record;
}

function removeBatch(catalog: Catalog, swept: SweptIndex, range: KeyRange): number {
  const batch = new Set<number>();
  for (const record of expiredIn(catalog, swept, range)) {
    batch.add(record);
    if (batch.size === BATCH) break;
  }
  const collection = catalog.find(swept.namespace);
  for (const record of batch) {
    const stored = collection?.get(record);
    if (collection !== undefined && stored !== undefined) catalog.remove(collection, stored);
  }
  return batch.size;
}
