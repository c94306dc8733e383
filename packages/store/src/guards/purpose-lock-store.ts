import { createHash } from "node:crypto";

import type { Collection } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import type { PurposeLockDocument } from "./guard-documents.ts";

/** Key of a purpose lock: one callee and purpose in a project. */
export interface PurposeKey {
  projectId: string;
  /** E.164. */
  toNumber: string;
  purpose: string;
}

/** Lets one call at a time through per callee and purpose. */
export interface PurposeLockStore {
  /** Acquire the lock for a call; returns the holder: this call or another. */
  take(key: PurposeKey, callLogId: string): Promise<PurposeLockHolder>;
  /** Take over the lock of a call that no longer needs it; false when another call was faster. */
  takeOver(key: PurposeKey, callLogId: string, from: PurposeLockHolder): Promise<boolean>;
  /** Release the lock, if the call still holds it. */
  release(key: PurposeKey, callLogId: string): Promise<void>;
}

/** Which call holds the lock, and since when. */
export interface PurposeLockHolder {
  callLogId: string;
  at: Date;
}

/** The purpose locks in a MongoDB collection. */
export function createPurposeLockStore(deps: {
  fences: Collection<PurposeLockDocument>;
  now: () => Date;
}): PurposeLockStore {
  const { fences, now } = deps;

  const take: PurposeLockStore["take"] = async (key, callLogId) => {
    const _id = idOf(key);
    const holder = { callLogId, at: now() };
    try {
      await fences.insertOne({ _id, ...holder });
      return holder;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    // It was released in between, so it is free again.
    return (await fences.findOne({ _id })) ?? take(key, callLogId);
  };

  return {
    take,

    async takeOver(key, callLogId, from) {
      const { modifiedCount } = await fences.updateOne(
        { _id: idOf(key), callLogId: from.callLogId },
        { $set: { callLogId, at: now() } },
      );
      return modifiedCount > 0;
    },

    async release(key, callLogId) {
      await fences.deleteOne({ _id: idOf(key), callLogId });
    },
  };
}

function idOf({ projectId, toNumber, purpose }: PurposeKey): string {
  return createHash("sha256")
    .update(JSON.stringify([projectId, toNumber, purpose]))
    .digest("hex");
}
