import { createHash } from "node:crypto";

import { type CalleeLimit, calleeWait, type CalleeWait, calleeWaitInLine } from "@call-log/model";
import type { Collection } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import type { CalleeTurnsDocument } from "./guard-documents.ts";

/** Each failed try means that another writer succeeded, and limits let few succeed. */
const MAX_TRIES = 200;

/** An attempt that is about to call a number. */
export interface CalleeTurn {
  projectId: string;
  /** E.164. */
  toNumber: string;
  attemptId: string;
}

/** A requested turn. Emergencies do not queue. */
export interface WantedTurn extends CalleeTurn {
  now: Date;
  goesFirst?: boolean;
}

/**
 * How often each project has called each number lately; one document per pair, replaced on its revision, so that no two
 * workers take the same turn.
 */
export interface CalleeTurnStore {
  /**
   * Count an attempt as a call that begins now, if the limits allow one; else why and until when it waits. Taken again,
   * a turn moves to now.
   */
  take(turn: WantedTurn, limits: readonly CalleeLimit[]): Promise<CalleeWait | undefined>;
  /** Return a turn, because nothing was dialled. */
  giveBack(turn: CalleeTurn): Promise<void>;
}

/** The turns in a MongoDB collection. */
export function createCalleeTurnStore(deps: {
  calleeTurns: Collection<CalleeTurnsDocument>;
}): CalleeTurnStore {
  const { calleeTurns } = deps;

  async function write(
    found: CalleeTurnsDocument | null,
    next: CalleeTurnsDocument,
  ): Promise<boolean> {
    if (found !== null) {
      const { _id, revision } = found;
      return (await calleeTurns.replaceOne({ _id, revision }, next)).modifiedCount > 0;
    }
    try {
      await calleeTurns.insertOne(next);
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  async function standInLine(_id: string): Promise<number> {
    const before = await calleeTurns.findOneAndUpdate({ _id }, { $inc: { waiting: 1 } });
    return before?.waiting ?? 0;
  }

  return {
    async take({ now: at, goesFirst = false, ...turn }, limits) {
      const _id = idOf(turn);
      const longestMs = 1000 * Math.max(0, ...limits.map(({ seconds }) => seconds));
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const found = await calleeTurns.findOne({ _id });
        const others = (found?.placed ?? []).filter(
          (one) => one.attemptId !== turn.attemptId && one.at.getTime() > at.getTime() - longestMs,
        );
        const times = others.map((one) => one.at);
        if (calleeWait(times, limits, at) !== undefined) {
          const ahead = goesFirst ? 0 : await standInLine(_id);
          return calleeWaitInLine(times, limits, { now: at, ahead });
        }
        const placed = [...others, { attemptId: turn.attemptId, at }];
        const expireAt = new Date(at.getTime() + longestMs);
        const revision = (found?.revision ?? 0) + 1;
        if (await write(found, { _id, revision, placed, expireAt })) return undefined;
      }
      throw new Error(`turns at a callee were taken by others ${MAX_TRIES} times`);
    },

    async giveBack(turn) {
      await calleeTurns.updateOne(
        { _id: idOf(turn) },
        { $pull: { placed: { attemptId: turn.attemptId } }, $inc: { revision: 1 } },
      );
    },
  };
}

function idOf({ projectId, toNumber }: CalleeTurn): string {
  return createHash("sha256")
    .update(JSON.stringify([projectId, toNumber]))
    .digest("hex");
}
