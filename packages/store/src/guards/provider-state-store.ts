import { type Acting, changesBetween, SYSTEM_ACTING } from "@call-log/model";
import type { Collection } from "mongodb";

import { WITHOUT_ACTS } from "../audit/audit-document.ts";
import type { AuditWriter } from "../audit/audit-trail.ts";
import { changeAudited } from "../audit/change-audited.ts";
import { shortCache } from "../batching/short-cache.ts";
import { recheckMark } from "../calls/recheck-store.ts";
import type { Recheck } from "../calls/recheck.ts";
import { isDuplicateKey } from "../database-error.ts";
import type { ProviderPause, ProviderStateDocument } from "./guard-documents.ts";

/** How long the pauses are cached, in milliseconds. */
const RECENT_MS = 1000;
/** One entry holds all accounts. */
const ALL_ACCOUNTS = "all";

/** Paused provider accounts, for all processes on a database. Without `acting`, the actor is call-log itself. */
export interface ProviderStateStore {
  /** Every account that was ever paused. */
  list(): Promise<ProviderStateDocument[]>;
  /** The pause of an account, or undefined; at most a second old. */
  pauseOf(name: string): Promise<ProviderPause | undefined>;
  /** Pause an account. A paused account stays paused; a person's pause replaces one by a failed check. */
  pause(name: string, pause: Omit<ProviderPause, "at">, acting?: Acting): Promise<void>;
  /** End a pause, if it is of this kind where one is given; false when there was none. */
  resume(name: string, by?: ProviderPause["by"], acting?: Acting): Promise<boolean>;
  /** One process may check a paused account every so many seconds: true for that process. */
  takeCheck(name: string, everySeconds: number): Promise<boolean>;
  /** The same for an account that is not paused, but has refused a call. */
  takeFirstCheck(name: string, everySeconds: number): Promise<boolean>;
}

/** The pauses in a MongoDB collection. */
export function createProviderStateStore(deps: {
  providers: Collection<ProviderStateDocument>;
  auditWriter: AuditWriter;
  now: () => Date;
  elapsedMs: () => number;
}): ProviderStateStore {
  const { providers, auditWriter, now, elapsedMs } = deps;
  const audited = { collection: providers, auditWriter };
  const cache = shortCache<ReadonlyMap<string, ProviderPause>>({
    validMs: RECENT_MS,
    maxEntries: 1,
    elapsedMs,
  });

  return {
    list: () => providers.find({}, { projection: WITHOUT_ACTS }).sort({ _id: 1 }).toArray(),

    pauseOf: async (name) =>
      (await cache.get(ALL_ACCOUNTS, () => readPauses(providers)))?.get(name),

    async pause(name, { by, reason }, acting = SYSTEM_ACTING) {
      const at = now();
      const paused = { by, reason, at };
      await addAccount(providers, name);
      await changeAudited(audited, { _id: name }, (before) => {
        const isOpen = by === "person" || before.paused === undefined;
        if (!isOpen) return undefined;
        const changes = changesBetween({ ...before }, { paused }, ["paused"]);
        return {
          update: { $set: { paused, checkedAt: at } },
          report: { act: "provider.pause", acting, target: name, changes },
        };
      });
      cache.clear();
    },

    async resume(name, by, acting = SYSTEM_ACTING) {
      let isEnded = false;
      await changeAudited(audited, { _id: name }, ({ paused, lookAgain: mark }) => {
        isEnded = paused !== undefined && (by === undefined || paused.by === by);
        if (!isEnded) return undefined;
        const changes = changesBetween({ paused }, {}, ["paused"]);
        return {
          update: resumedUpdate(mark, now()),
          report: { act: "provider.resume", acting, target: name, changes },
        };
      });
      cache.clear();
      return isEnded;
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

// Calls held by the pause are checked again.
function resumedUpdate(mark: Recheck | undefined, at: Date) {
  return {
    $unset: { paused: 1, checkedAt: 1 },
    $set: { lookAgain: recheckMark(mark, ["provider-paused"], at) },
  } as const;
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

async function addAccount(
  providers: Collection<ProviderStateDocument>,
  name: string,
): Promise<void> {
  try {
    await providers.updateOne({ _id: name }, { $setOnInsert: { actCount: 0 } }, { upsert: true });
  } catch (error) {
    // Somebody else added it.
    if (!isDuplicateKey(error)) throw error;
  }
}

async function readPauses(
  providers: Collection<ProviderStateDocument>,
): Promise<Map<string, ProviderPause>> {
  const found = await providers.find({ paused: { $exists: true } }).toArray();
  return new Map(found.flatMap(({ _id, paused }) => (paused ? [[_id, paused] as const] : [])));
}
