import {
  BUCKET_SIZES,
  type BucketSizeName,
  CALL_STATUS_GROUPS,
  type CallStatusGroup,
} from "@call-log/model";

import type { Outputs } from "../../api.ts";

/** One bucket, as the server returns it. */
export type Bucket = Outputs["callLog"]["histogram"]["buckets"][number];

/** One part of a bar, in the chart's own units: 1 wide per bucket, 1 high for the fullest. */
export interface BarPart {
  group: CallStatusGroup;
  /** Upper edge; the chart's own is 0. */
  y: number;
  height: number;
}

/** Groups in the order in which bars are stacked, the first at the bottom. */
export const GROUPS = Object.keys(CALL_STATUS_GROUPS) as CallStatusGroup[];

/** Adds empty buckets before the others up to a minimum, because a single bar is not a chart. */
export function atLeast(
  fewest: number,
  buckets: readonly Bucket[],
  size: BucketSizeName,
): readonly Bucket[] {
  const missing = Math.max(0, fewest - buckets.length);
  const first = Date.parse(buckets[0]?.from ?? "");
  const { ms } = BUCKET_SIZES[size];
  const before = Array.from({ length: Number.isNaN(first) ? 0 : missing }, (_, index) => ({
    from: new Date(first - (missing - index) * ms).toISOString(),
    counts: {},
  }));
  return [...before, ...buckets];
}

/** Number of calls in a bucket. */
export function callsIn({ counts }: Bucket): number {
  return GROUPS.reduce((sum, group) => sum + (counts[group] ?? 0), 0);
}

/** The bars of a chart; every bucket with a call is visible. */
export function barsOf(buckets: readonly Bucket[]): BarPart[][] {
  const fullest = Math.max(1, ...buckets.map(callsIn));
  return buckets.map(({ counts }) => {
    let y = 1;
    return GROUPS.flatMap((group): BarPart[] => {
      const calls = counts[group] ?? 0;
      if (calls === 0) return [];
      const height = Math.min(y, Math.max(0.04, calls / fullest));
      y -= height;
      return [{ group, y, height }];
    });
  });
}

/** Sums over all buckets, of the groups that have a call. */
export function totalsOf(buckets: readonly Bucket[]): { group: CallStatusGroup; calls: number }[] {
  return GROUPS.map((group) => ({
    group,
    calls: buckets.reduce((sum, { counts }) => sum + (counts[group] ?? 0), 0),
  })).filter(({ calls }) => calls > 0);
}

/** Index of the bucket at a position of the chart, which is `width` pixels wide. */
export function bucketAt(x: number, width: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * count)));
}

/** The filters of the address for the buckets between two positions, in either order: first moment to last millisecond. */
export function brushed(
  { buckets, to }: { buckets: readonly Bucket[]; to: string },
  a: number,
  b: number,
): { since: string; until: string } {
  const [first, last] = [Math.min(a, b), Math.max(a, b)];
  const end = Date.parse(buckets[last + 1]?.from ?? to);
  return { since: buckets[first]!.from, until: new Date(end - 1).toISOString() };
}
