/** How long a read holds at least, in milliseconds. */
const HOLDS_MS = 5000;
/** A read that took long is not repeated for so many times its own time, so that reads take a twentieth of the time. */
const REST_FACTOR = 20;
/** Longest time that a read holds, in milliseconds: alerts have to see what is. */
const LONGEST_HOLD_MS = 60_000;
/** Longest that a caller waits for a read, in milliseconds; Prometheus waits ten seconds. */
const PATIENCE_MS = 4000;

/** A value, how long its read took, and when that ended. */
export interface Reading<T> {
  value: T;
  seconds: number;
  at: Date;
}

/** Clocks and times of shared readings. */
export interface ReadingTimes {
  /** @defaultValue `performance.now` */
  elapsedMs?: () => number;
  /** @defaultValue 4000 */
  patienceMs?: number;
}

/**
 * Share reads between all who ask: one at a time, and none before the last one has held for five seconds and for 20 times its own time, a minute at most. Who
 * asks while a read is slow gets what the one before found; undefined where there is none. Never rejects.
 */
export function sharedReading<T>(
  read: () => Promise<T>,
  { elapsedMs = () => performance.now(), patienceMs = PATIENCE_MS }: ReadingTimes = {},
): () => Promise<Reading<T> | undefined> {
  let last: Reading<T> | undefined;
  let restsUntil = -Infinity;
  let underWay: Promise<void> | undefined;
  const run = async () => {
    const beganAt = elapsedMs();
    try {
      const value = await read();
      last = { value, seconds: (elapsedMs() - beganAt) / 1000, at: new Date() };
    } catch {
      last = undefined;
    } finally {
      const tookMs = elapsedMs() - beganAt;
      const holdsMs = Math.min(Math.max(HOLDS_MS, REST_FACTOR * tookMs), LONGEST_HOLD_MS);
      restsUntil = elapsedMs() + holdsMs;
      underWay = undefined;
    }
  };
  return async () => {
    if (underWay === undefined && elapsedMs() >= restsUntil) underWay = run();
    if (underWay !== undefined) await atMost(underWay, patienceMs);
    return last;
  };
}

async function atMost(work: Promise<void>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([work, tooLong]);
  clearTimeout(timer);
}
