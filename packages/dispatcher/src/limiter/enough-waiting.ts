import type { Priority } from "@call-log/model";
import type { CallClass } from "@call-log/store";

/** So many milliseconds before the first free turn of a class, more of its attempts are asked for. */
const AHEAD_MS = 10_000;
/** After this many milliseconds a few more are asked for in any case: those that wait may have been canceled. */
const LONGEST_MS = 30_000;

/** Which classes of calls have enough attempts that wait for their turn: more would only be looked at and sent away again. */
export interface EnoughWaiting {
  /** An attempt of this class was told to come back for its turn in so many milliseconds. */
  note(waiting: CallClass, waitMs: number, now: Date): void;
  at(now: Date): CallClass[];
}

/** Knows of nobody yet. */
export function createEnoughWaiting(): EnoughWaiting {
  const until = new Map<string, { waiting: CallClass; endsAt: number }>();
  return {
    note({ projectId, priority }, waitMs, now) {
      // Who comes when its turn is near says nothing of those who would come next.
      if (waitMs <= AHEAD_MS) return;
      const endsAt = now.getTime() + Math.min(waitMs - AHEAD_MS, LONGEST_MS);
      until.set(keyOf(priority, projectId), { waiting: { projectId, priority }, endsAt });
    },
    at(now) {
      for (const [key, { endsAt }] of until) if (endsAt <= now.getTime()) until.delete(key);
      return [...until.values()].map(({ waiting }) => waiting);
    },
  };
}

function keyOf(priority: Priority, projectId: string): string {
  return `${priority} ${projectId}`;
}
