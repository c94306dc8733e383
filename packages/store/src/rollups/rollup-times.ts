import { hourStart } from "./period.ts";

/** How long an hour is over before it is summed, in milliseconds: what was created in it has been written by then. */
export const BUILD_AFTER_MS = 10 * 60_000;
/** A call that is written later than this after it was created, in milliseconds, may be in an hour that was summed; half of the above, for clocks that differ. */
export const LATE_AFTER_MS = BUILD_AFTER_MS / 2;
/** How long before a call may be deleted its sum is used no more, in milliseconds: clocks of database and processes differ. */
export const EXPIRY_MARGIN_MS = 15 * 60_000;
/** How long the writing of a batch that was announced keeps its periods from being summed, in milliseconds; for writers that die in it. */
export const ANNOUNCED_MS = 5 * 60_000;

/** When a period is looked at again that could not be summed, in milliseconds. */
export const RETRY_AFTER_MS = 15 * 60_000;

/** Where the hours end that are to be summed by now, in milliseconds since 1970. */
export function buildableUntil(now: Date): number {
  return hourStart(now.getTime() - BUILD_AFTER_MS);
}
