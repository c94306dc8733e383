import { secondsBetween } from "./seconds.ts";

/** However long nothing has come, an open call is looked at after this time. */
export const LONGEST_LOOK_SECONDS = 600;

/** Seconds until the next look: the longer nothing has come, the longer it can wait. */
export function growingDelay(since: Date, now: Date, shortest: number): number {
  const age = Math.max(0, secondsBetween(since, now));
  return Math.max(shortest, Math.min(LONGEST_LOOK_SECONDS, age / 4));
}
