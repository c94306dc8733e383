const HOUR_MS = 3_600_000;

/** How long a bucket of a histogram is. */
export interface BucketSize {
  /** Milliseconds; where the clock changes, and for months, about so many. */
  ms: number;
  /** How the zone's own clock divides it; absent for sizes that are the same in every zone. */
  local?: "hours" | "days" | "weeks" | "months";
}

/** Every size of a bucket, the smallest first. */
export const BUCKET_SIZES = {
  minute: { ms: 60_000 },
  "5 minutes": { ms: 300_000 },
  "15 minutes": { ms: 900_000 },
  hour: { ms: HOUR_MS },
  "6 hours": { ms: 6 * HOUR_MS, local: "hours" },
  day: { ms: 24 * HOUR_MS, local: "days" },
  week: { ms: 168 * HOUR_MS, local: "weeks" },
  month: { ms: 730 * HOUR_MS, local: "months" },
} as const satisfies Record<string, BucketSize>;

/** Name of a bucket's size. */
export type BucketSizeName = keyof typeof BUCKET_SIZES;
