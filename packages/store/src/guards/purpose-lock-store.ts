import { createHash } from "node:crypto";

import type { Collection } from "mongodb";

import type { FenceDocument } from "../collections.ts";
import { isDuplicateKey } from "../database-error.ts";

/** What a fence is around: one callee and purpose in a project. */
export interface Fenced {
  projectId: string;
  /** E.164. */
  toNumber: string;
  purpose: string;
}

/** Lets one call at a time through per callee and purpose. */
export interface FenceStore {
  /** Take a fence for a call; whose it is then: the call's own, or the one that holds it. */
  take(fenced: Fenced, callLogId: string): Promise<FenceHolder>;
  /** Take a fence over from a call that needs it no more; false when somebody else was faster. */
  takeOver(fenced: Fenced, callLogId: string, from: FenceHolder): Promise<boolean>;
  /** Give a fence back, if the call still holds it. */
  release(fenced: Fenced, callLogId: string): Promise<void>;
}

/** Which call holds a fence, and since when. */
export interface FenceHolder {
  callLogId: string;
  at: Date;
}

/** The fences in a MongoDB collection. */
export function createFenceStore(deps: {
  fences: Collection<FenceDocument>;
  now: () => Date;
}): FenceStore {
  const { fences, now } = deps;

  const take: FenceStore["take"] = async (fenced, callLogId) => {
    const _id = idOf(fenced);
    const holder = { callLogId, at: now() };
    try {
      await fences.insertOne({ _id, ...holder });
      return holder;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    // Given back between the two: then it is free again.
    return (await fences.findOne({ _id })) ?? take(fenced, callLogId);
  };

  return {
    take,

    async takeOver(fenced, callLogId, from) {
      const { modifiedCount } = await fences.updateOne(
        { _id: idOf(fenced), callLogId: from.callLogId },
        { $set: { callLogId, at: now() } },
      );
      return modifiedCount > 0;
    },

    async release(fenced, callLogId) {
      await fences.deleteOne({ _id: idOf(fenced), callLogId });
    },
  };
}

function idOf({ projectId, toNumber, purpose }: Fenced): string {
  return createHash("sha256")
    .update(JSON.stringify([projectId, toNumber, purpose]))
    .digest("hex");
}
