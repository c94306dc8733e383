import type { Collection } from "mongodb";

import { shortCache } from "../batching/short-cache.ts";
import { isDuplicateKey } from "../database-error.ts";
import type { NumberRefusalDocument } from "./guard-documents.ts";
import {
  refusedAgain,
  refusedUntil,
  type NumberRefusal,
  type RefusedNumber,
} from "./number-refusal.ts";

/** How long a project's refused numbers are cached, in milliseconds. */
const RECENT_MS = 1000;
/** Most projects in that cache. */
const MAX_RECENT = 1000;
/** A number that was not asked for in this time is as good as any other, in milliseconds. */
const FORGOTTEN_AFTER_MS = 86_400_000;

/**
 * From-numbers that a provider account refuses, kept per project: a refusal in one project does not hold calls of
 * another.
 */
export interface NumberRefusalStore {
  /** Those of a project; at most a second old. */
  of(projectId: string): Promise<readonly NumberRefusal[]>;
  /** Note a refusal of the number. A known refusal stays unchanged until its `retryAt`. */
  note(refused: RefusedNumber & { reason: string }): Promise<void>;
  /** After `retryAt`, one call of all processes may try again: true for that call. */
  takeTurn(refusal: NumberRefusal): Promise<boolean>;
  /** Note that the number was accepted again. */
  clear(refused: RefusedNumber): Promise<void>;
}

/** The refusals in a MongoDB collection. */
export function createNumberRefusalStore(deps: {
  numberRefusals: Collection<NumberRefusalDocument>;
  now: () => Date;
  elapsedMs: () => number;
}): NumberRefusalStore {
  const { numberRefusals, now, elapsedMs } = deps;
  const cache = shortCache<readonly NumberRefusal[]>({
    validMs: RECENT_MS,
    maxEntries: MAX_RECENT,
    elapsedMs,
  });

  async function askAgain(known: NumberRefusal): Promise<boolean> {
    const { refusals, retryAt } = refusedAgain(known, now());
    const { modifiedCount } = await numberRefusals.updateOne(
      { _id: idOf(known), retryAt: known.retryAt },
      { $set: { refusals, retryAt, forgetAt: forgottenAt(retryAt) } },
    );
    cache.clear();
    return modifiedCount > 0;
  }

  return {
    of: async (projectId) =>
      (await cache.get(projectId, () => numberRefusals.find({ projectId }).toArray())) ?? [],

    async note({ projectId, provider, fromNumber, reason }) {
      const _id = idOf({ projectId, provider, fromNumber });
      const at = now();
      const retryAt = refusedUntil(1, at);
      const number = { projectId, provider, fromNumber, reason, refusals: 1, retryAt };
      try {
        await numberRefusals.insertOne({ _id, ...number, forgetAt: forgottenAt(retryAt) });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const known = await numberRefusals.findOne({ _id });
        if (known !== null && known.retryAt <= at) await askAgain(known);
      }
      cache.clear();
    },

    takeTurn: askAgain,

    async clear(refused) {
      await numberRefusals.deleteOne({ _id: idOf(refused) });
      cache.clear();
    },
  };
}

function idOf({ projectId, provider, fromNumber }: RefusedNumber): string {
  return `${projectId}:${provider}:${fromNumber}`;
}

function forgottenAt(retryAt: Date): Date {
  return new Date(retryAt.getTime() + FORGOTTEN_AFTER_MS);
}
