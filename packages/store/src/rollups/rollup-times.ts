import { hourStart } from "./period.ts";

/** Delay between the end of an hour and its rollup (ms): calls created in it have been inserted by then. */
export const BUILD_AFTER_MS = 10 * 60_000;
/**
 * Calls inserted more than this after `createdAt` (ms) may fall into a built hour. Half of BUILD_AFTER_MS, to allow for
 * clock skew.
 */
export const LATE_AFTER_MS = BUILD_AFTER_MS / 2;
/** A rollup is invalid this long before its first call may be deleted (ms), to allow for clock skew. */
export const EXPIRY_MARGIN_MS = 15 * 60_000;
/**
 * How long the writing of a batch that was announced keeps its periods from being summed, in milliseconds; for writers
 * that die in it.
 */
export const ANNOUNCED_MS = 5 * 60_000;

/** Delay before a period that could not be built is tried again (ms). */
export const RETRY_AFTER_MS = 15 * 60_000;

/** End of the last hour that may be built now, in milliseconds since 1970. */
export function buildableUntil(now: Date): number {
  return hourStart(now.getTime() - BUILD_AFTER_MS);
}

/**
 * How far back changes of calls are looked for (ms): clocks of processes differ, and a write takes a while until it can
 * be read.
 */
export const CHANGE_MARGIN_MS = 60_000;
/** Delay before unsettled calls are looked at again, to see which have settled (ms). */
export const LOOK_AGAIN_MS = 5 * 60_000;

/** Longest time from reading calls until their sum is written (ms); a change that it misses is looked for longer. */
const FRESH_MS = CHANGE_MARGIN_MS / 2;

/** True if what was read from a moment on (`performance.now()`) may still be written. */
export function isFresh(beganAt: number): boolean {
  return performance.now() - beganAt < FRESH_MS;
}
