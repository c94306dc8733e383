/**
 * How often which duration was seen: a bucket's number → a count. Each bucket is 2 % wider than the one before, so a
 * duration that is read from it is right to within 1 %. Spreads of parts can be added.
 */
export type TimeSpread = Record<string, number>;

/** Relative error of a duration that is read from a spread. */
const ERROR = 0.01;
const LOG_OF_GROWTH = Math.log((1 + ERROR) / (1 - ERROR));

/** Bucket of a duration in milliseconds; durations up to 1 ms share the first one. */
function bucketOf(ms: number): number {
  return Math.max(0, Math.ceil(Math.log(Math.max(ms, 1)) / LOG_OF_GROWTH));
}

/** Count one duration, in milliseconds. */
export function addTime(spread: TimeSpread, ms: number): void {
  const bucket = bucketOf(ms);
  spread[bucket] = (spread[bucket] ?? 0) + 1;
}

/** Add the durations of a part. */
export function addSpread(spread: TimeSpread, part: TimeSpread): void {
  for (const [bucket, count] of Object.entries(part))
    spread[bucket] = (spread[bucket] ?? 0) + count;
}

/** How many durations are in a spread. */
export function countOfSpread(spread: TimeSpread): number {
  return Object.values(spread).reduce((sum, count) => sum + count, 0);
}

/**
 * The duration in milliseconds that a share of all durations does not exceed (0.5: the median), to within 1 %;
 * undefined for an empty spread.
 */
export function quantileOf(spread: TimeSpread, share: number): number | undefined {
  const rank = Math.max(1, Math.ceil(countOfSpread(spread) * share));
  const buckets = Object.entries(spread).map(([bucket, count]) => [Number(bucket), count] as const);
  let seen = 0;
  for (const [bucket, count] of buckets.toSorted(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= rank) return middleOf(bucket);
  }
  return undefined;
}

// The value whose relative error is the same at both ends of the bucket.
function middleOf(bucket: number): number {
  return Math.exp(bucket * LOG_OF_GROWTH) * (1 - ERROR);
}
