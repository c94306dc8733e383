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
  /** It comes at a time that it was told, so it does not stand behind those that are new. */
  comesBack?: true | undefined;
}

/** Calls of one project and priority. */
export interface CallClass {
  projectId: string;
  priority: Priority;
}

/** How many attempts are asked for. */
export interface BacklogRange {
  limit: number;
  /** Most of a class, of those that do not come back. @defaultValue as many as there are */
  mostOf?: ((asked: CallClass) => number) | undefined;
}

/**
 * Attempts that wait for room in the queue. It only decides the order: a call missing here is found by its wake time, and one that is here twice is dialled once.
 */
export interface BacklogStore {
  /** Add attempts; one that exists stays unchanged. */
  add(attempts: readonly BackloggedAttempt[]): Promise<void>;
  /**
   * Due attempts: emergencies first, then those that come back, low priority last; within these all projects in turn,
   * the longest due first.
   */
  next(now: Date, range: BacklogRange): Promise<BackloggedAttempt[]>;
  /** Remove attempts that have a job. */
  remove(attemptIds: readonly string[]): Promise<void>;
  /** How many wait. */
  size(): Promise<number>;
}

type Place = Priority | "comesBack";

/** The order in which they are served; whole numbers were there first. */
const RANKS: Readonly<Record<Place, number>> = {
  emergency: 0,
  comesBack: 0.5,
  normal: 1,
  low: 2,
};
const PLACES = Object.keys(RANKS) as Place[];

/** The backlog in a MongoDB collection. */
export function createBacklogStore(backlog: Collection<BacklogDocument>): BacklogStore {
  const turns = createBacklogTurns(backlog);

  return {
    async add(attempts) {
      if (attempts.length === 0) return;
      const documents = attempts.map(({ attemptId, priority, comesBack, ...attempt }) => ({
        _id: attemptId,
        rank: RANKS[placeOf({ priority, comesBack })],
        ...attempt,
      }));
      await backlog.bulkWrite(
        documents.map(({ _id, ...$setOnInsert }) => ({
          updateOne: { filter: { _id }, update: { $setOnInsert }, upsert: true },
        })),
        { ordered: false },
      );
    },

    async next(now, { limit, mostOf = () => Infinity }) {
      const found: BackloggedAttempt[] = [];
      for (const place of PLACES) {
        const most = limit - found.length;
        if (most === 0) break;
        const mostOfProject = (projectId: string) =>
          place === "comesBack" ? Infinity : mostOf({ projectId, priority: place });
        const next = await turns(RANKS[place], { now, limit: most, mostOf: mostOfProject });
        found.push(...next.map((document) => attemptOf(document, place)));
      }
      return found;
    },

    async remove(attemptIds) {
      if (attemptIds.length > 0) await backlog.deleteMany({ _id: { $in: [...attemptIds] } });
    },

    size: () => backlog.estimatedDocumentCount(),
  };
}

function placeOf({
  priority = "normal",
  comesBack,
}: Pick<BackloggedAttempt, "priority" | "comesBack">): Place {
  return comesBack === true && priority !== "emergency" ? "comesBack" : priority;
}

// Of those that come back, the record says the priority.
function attemptOf(
  { _id: attemptId, rank: _rank, ...attempt }: BacklogDocument,
  place: Place,
): BackloggedAttempt {
  const said = place === "comesBack" ? { comesBack: true as const } : { priority: place };
  return { attemptId, ...said, ...attempt };
}
