/** Waits before the next try of a delivery, in seconds, after the first, the second … failed one: 22 hours in all. */
export const RETRY_WAITS = [5, 30, 120, 300, 900, 3600, 10_800, 21_600, 43_200] as const;

/** Longest wait that a receiver may ask for by Retry-After, in seconds. */
const MAX_RETRY_AFTER = 3600;

/** Seconds until the next try after so many, or undefined when there is none. A receiver may ask for more, up to an hour. */
export function secondsUntilRetry(
  tryCount: number,
  retryAfter: string | undefined,
  now: Date,
): number | undefined {
  const wait = RETRY_WAITS[tryCount - 1];
  if (wait === undefined) return undefined;
  return Math.max(wait, Math.min(secondsOf(retryAfter, now), MAX_RETRY_AFTER));
}

// RFC 9110, section 10.2.3: seconds, or a date.
function secondsOf(retryAfter: string | undefined, now: Date): number {
  if (retryAfter === undefined) return 0;
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter);
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : (at - now.getTime()) / 1000;
}
