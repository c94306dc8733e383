import {
  BUCKET_SIZES,
  type BucketSizeName,
  CALL_STATUS_GROUPS,
  CALL_STATUS_NAMES,
  type CallStatusGroup,
  groupOfStatus,
} from "@call-log/model";

import type { Outputs } from "../../api.ts";
import { GROUP_TONES } from "../../call/status-tone.ts";
import type { ChartPoint, ChartSeries } from "../../components/chart/chart-data.ts";
import { timeTicks } from "../../components/chart/time-ticks.ts";
import { spanText } from "../../format/span.ts";
import { numberText } from "../../language/local-format.ts";
import { statusGroupName } from "../../words/status-words.ts";

/** One bucket, as the server returns it. */
export type Bucket = Outputs["callLog"]["histogram"]["buckets"][number];

/** Buckets up to the end of the last one. */
export interface Span {
  buckets: readonly Bucket[];
  to: string;
}

/** Groups in the order in which bars are stacked, the first at the bottom. */
const GROUPS = Object.keys(CALL_STATUS_GROUPS) as CallStatusGroup[];

/** Columns per word below the axis. */
const PER_TICK = 6;

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

/** The columns of the chart: one per bucket, each with its time in words. */
export function pointsOf(span: Span): ChartPoint[] {
  const { buckets } = span;
  const ticks = timeTicks(
    buckets.map(({ from }) => from),
    Math.ceil(buckets.length / PER_TICK),
  );
  return buckets.map(({ from, counts }, index) => {
    const tick = ticks[index];
    const label = rangeText(span, index, index);
    return { key: from, label, values: counts, ...(tick !== undefined && { tick }) };
  });
}

/** The groups that have a call, each with its sum; `other`, of imported statuses, is no filter. */
export function seriesOf(buckets: readonly Bucket[]): ChartSeries[] {
  return GROUPS.flatMap((key) => {
    const calls = buckets.reduce((sum, { counts }) => sum + (counts[key] ?? 0), 0);
    if (calls === 0) return [];
    const label = statusGroupName(key);
    const note = numberText(calls);
    const isImported = statusesOf(key) === "";
    const shared = { key, label, note, tone: GROUP_TONES[key] };
    return isImported ? [{ ...shared, isFixed: true, pattern: "dotted" as const }] : [shared];
  });
}

/** How many calls the bars have together. */
export function countedCalls({ buckets }: Pick<Span, "buckets">): number {
  const counts = buckets.flatMap((bucket) => Object.values(bucket.counts));
  return counts.reduce((sum, calls) => sum + calls, 0);
}

/** Statuses of a group, as the filter of the address has them. */
export function statusesOf(group: string): string {
  return CALL_STATUS_NAMES.filter((name) => groupOfStatus(name) === group).join(",");
}

/** Time of the buckets from `first` to `last`, in words. */
export function rangeText(span: Span, first: number, last: number): string {
  return spanText(span.buckets[first]!.from, endOf(span, last));
}

/** The filters of the address for these buckets: first moment to last millisecond. */
export function brushed(span: Span, first: number, last: number): { since: string; until: string } {
  const until = new Date(Date.parse(endOf(span, last)) - 1).toISOString();
  return { since: span.buckets[first]!.from, until };
}

function endOf({ buckets, to }: Span, index: number): string {
  return buckets[index + 1]?.from ?? to;
}
