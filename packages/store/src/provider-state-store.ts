import type { Collection } from "mongodb";

import type { ProviderPause, ProviderStateDocument } from "./collections.ts";
import { isDuplicateKey } from "./database-error.ts";
import { recentReads } from "./recent-reads.ts";

/** How old what a process knows of the pauses may be, in milliseconds. */
const RECENT_MS = 1000;
/** One look-up is for all accounts. */
const ALL_ACCOUNTS = "all";

/** Which provider accounts are paused, for all processes on a database. */
export interface ProviderStateStore {
  /** Every account that was ever paused. */
  list(): Promise<ProviderStateDocument[]>;
  /** The pause of an account, or undefined; at most a second old. */
  pauseOf(name: string): Promise<ProviderPause | undefined>;
  /** Pause an account. One that is paused already stays so, but a person takes over what a bad check paused. */
  pause(name: string, pause: Omit<ProviderPause, "at">): Promise<void>;
  /** End a pause, if it is of this kind where one is given; false when there was none. */
  resume(name: string, by?: ProviderPause["by"]): Promise<boolean>;
  /** Of all processes, one may check a paused account every so many seconds: true for whoever has the turn. */
  takeCheck(name: string, everySeconds: number): Promise<boolean>;
  /** The same for an account that is not paused, but has refused a call. */
  takeFirstCheck(name: string, everySeconds: number): Promise<boolean>;
}

/** The pauses in a MongoDB collection. */
export function createProviderStateStore(deps: {
  providers: Collection<ProviderStateDocument>;
  now: () => Date;
  elapsedMs: () => number;
}): ProviderStateStore {
  const { providers, now, elapsedMs } = deps;
  const lookUps = recentReads<ReadonlyMap<string, ProviderPause>>({
    validMs: RECENT_MS,
    maxEntries: 1,
    elapsedMs,
  });

  return {
    list: () => providers.find().sort({ _id: 1 }).toArray(),

    pauseOf: async (name) =>
      (await lookUps.get(ALL_ACCOUNTS, () => readPauses(providers)))?.get(name),

    async pause(name, { by, reason }) {
      const at = now();
      const isOpen = by === "person" ? {} : { paused: { $exists: false } };
      const set = { paused: { by, reason, at }, checkedAt: at };
      try {
        await providers.updateOne({ _id: name, ...isOpen }, { $set: set }, { upsert: true });
      } catch (error) {
        // It is paused already.
        if (!isDuplicateKey(error)) throw error;
      }
      lookUps.forget();
    },

    async resume(name, by) {
      const matching = by === undefined ? { $exists: true } : { $eq: by };
      const { modifiedCount } = await providers.updateOne(
        { _id: name, "paused.by": matching },
        { $unset: { paused: "", checkedAt: "" } },
      );
      lookUps.forget();
      return modifiedCount > 0;
    },

    async takeCheck(name, everySeconds) {
      const at = now();
      const before = new Date(at.getTime() - everySeconds * 1000);
      const { modifiedCount } = await providers.updateOne(
        { _id: name, "paused.by": "configuration", checkedAt: { $lte: before } },
        { $set: { checkedAt: at } },
      );
      return modifiedCount > 0;
    },

    takeFirstCheck: (name, everySeconds) => takeFirst(providers, { name, everySeconds, at: now() }),
  };
}

async function takeFirst(
  providers: Collection<ProviderStateDocument>,
  { name, everySeconds, at }: { name: string; everySeconds: number; at: Date },
): Promise<boolean> {
  const before = new Date(at.getTime() - everySeconds * 1000);
  try {
    const { modifiedCount, upsertedCount } = await providers.updateOne(
      { _id: name, paused: { $exists: false }, checkedAt: { $not: { $gt: before } } },
      { $set: { checkedAt: at } },
      { upsert: true },
    );
    return modifiedCount + upsertedCount > 0;
  } catch (error) {
    // It is paused, or was checked a moment ago.
    if (!isDuplicateKey(error)) throw error;
    return false;
  }
}

async function readPauses(
  providers: Collection<ProviderStateDocument>,
): Promise<Map<string, ProviderPause>> {
  const found = await providers.find({ paused: { $exists: true } }).toArray();
  return new Map(found.flatMap(({ _id, paused }) => (paused ? [[_id, paused] as const] : [])));
}
