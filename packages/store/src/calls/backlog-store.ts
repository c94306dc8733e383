import type { Priority } from "@call-log/model";
import type { Collection } from "mongodb";

import type { BacklogDocument } from "./backlog-document.ts";
import { createBacklogTurns } from "./backlog-turns.ts";

/** A planned attempt that is due and found no room in the queue. */
export interface BackloggedAttempt {
  attemptId: string;
  projectId: string;
  callLogId: string;
  attemptNumber: number;
  /** @defaultValue normal */
  priority?: Priority | undefined;
  /** When it is due. */
  dueAt: Date;
  /** W3C traceparent of its call. */
  traceparent?: string | undefined;
}

/**
 * Attempts that wait for room in the queue. It only decides the order: a call missing here is found by its wake time, and one that is here twice is dialled once.
 */
export interface BacklogStore {
  /** Add attempts; one that exists stays unchanged. */
  add(attempts: readonly BackloggedAttempt[]): Promise<void>;
  /**
   * Up to `limit` due attempts: emergencies first, low priority last; within a priority all projects in turn, the
   * longest due first.
   */
  next(now: Date, limit: number): Promise<BackloggedAttempt[]>;
  /** Remove attempts that have a job. */
  remove(attemptIds: readonly string[]): Promise<void>;
  /** How many wait. */
  size(): Promise<number>;
}

/** Priorities in the order in which they are served. */
const RANKS: Readonly<Record<Priority, number>> = { emergency: 0, normal: 1, low: 2 };

/** The backlog in a MongoDB collection. */
export function createBacklogStore(backlog: Collection<BacklogDocument>): BacklogStore {
  const turns = createBacklogTurns(backlog);

  return {
    async add(attempts) {
      if (attempts.length === 0) return;
      const documents = attempts.map(({ attemptId, priority, ...attempt }) => ({
        _id: attemptId,
        rank: RANKS[priority ?? "normal"],
        ...attempt,
      }));
      await backlog.bulkWrite(
        documents.map(({ _id, ...$setOnInsert }) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert }, upsert: true },
        })),
        { ordered: false },
      );
    },

    async next(now, limit) {
      const found: BacklogDocument[] = [];
      for (const rank of Object.values(RANKS))
        if (found.length < limit) found.push(...(await turns(rank, now, limit - found.length)));
      return found.map(({ _id: attemptId, rank, ...attempt }) => ({
        attemptId,
        priority: priorityOf(rank),
        ...attempt,
      }));
    },

    async remove(attemptIds) {
      if (attemptIds.length > 0) await backlog.deleteMany({ _id: { $in: [...attemptIds] } });
    },

    size: () => backlog.estimatedDocumentCount(),
  };
}

function priorityOf(rank: number): Priority {
  return rank === RANKS.emergency ? "emergency" : rank === RANKS.low ? "low" : "normal";
}
