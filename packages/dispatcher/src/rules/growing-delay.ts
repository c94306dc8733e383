import { secondsBetween } from "./seconds.ts";

/** Longest time until an open call is checked again. */
export const LONGEST_LOOK_SECONDS = 600;

/** Seconds until the next check: the longer nothing has come, the longer it can wait. */
export function growingDelay(since: Date, now: Date, shortest: number): number {
  const age = Math.max(0, secondsBetween(since, now));
  return Math.max(shortest, Math.min(LONGEST_LOOK_SECONDS, age / 4));
}
