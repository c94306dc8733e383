import type { CallStatusGroup } from "../call/call-status.ts";
import type { BucketSizeName } from "../query/inputs/bucket-size.ts";

/** How many calls a bucket has of each group of statuses; groups without one are left out. */
export type BucketCounts = Partial<Record<CallStatusGroup, number>>;

/** The calls of one span of time. */
export interface HistogramBucket {
  /** Its first moment, ISO 8601. */
  from: string;
  counts: BucketCounts;
}

/** The calls that match over time, or the newest part of them. */
export interface CallHistogram {
  /** Length of a bucket; null when there is none, and for equal parts of more than ten years. */
  size: BucketSizeName | null;
  /** How far back calls are counted, ISO 8601; null when there is no bucket. */
  from: string | null;
  /** End of the last bucket, ISO 8601; null when there is none. */
  to: string | null;
  /** Asks for the part before this one; absent when nothing is left. */
  nextCursor?: string;
  /** Buckets without gaps, even where there is no call; empty when no call matches and no span was given. */
  buckets: HistogramBucket[];
}

/** A part of a histogram and the one before it together; both have the same buckets. */
export function mergedHistograms(newer: CallHistogram, older: CallHistogram): CallHistogram {
  const buckets = newer.buckets.map(({ from, counts }, index) => ({
    from,
    counts: added(counts, older.buckets[index]?.counts ?? {}),
  }));
  return { ...older, buckets };
}

function added(a: BucketCounts, b: BucketCounts): BucketCounts {
  const sums = { ...a };
  for (const [group, calls] of Object.entries(b) as [CallStatusGroup, number][])
    sums[group] = (sums[group] ?? 0) + calls;
  return sums;
}
