/** Longest wait that a receiver may ask for by Retry-After, in seconds. */
const MAX_RETRY_AFTER = 3600;

/** What decides when a delivery is tried again. */
export interface FailedTry {
  /** How often it has been tried. */
  tryCount: number;
  /** Header Retry-After of the answer. */
  retryAfter: string | undefined;
  now: Date;
}

/** Seconds until the next try, or undefined when there is none. A receiver may ask for more than the table says, up to an hour. */
export function secondsUntilRetry(
  waits: readonly number[],
  { tryCount, retryAfter, now }: FailedTry,
): number | undefined {
  const wait = waits[tryCount - 1];
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
