import { BUCKET_SIZES, type BucketSize, type BucketSizeName } from "@call-log/model";

import { momentOf, zoneClock } from "./zone-clock.ts";

/** A span of time: from its first moment, up to but without its last. */
export interface Span {
  from: Date;
  to: Date;
}

/** Buckets that a span falls into, one after the other without a gap. */
export interface Buckets {
  /** Undefined for equal parts: no size of the table makes few enough. */
  size: BucketSizeName | undefined;
  /** The first moment of each. */
  starts: Date[];
  /** The first moment after the last. */
  end: Date;
}

/**
 * The smallest size of the table that divides a span into no more than so many buckets, by the zone's own clock where
 * it matters.
 */
export function bucketsOf(span: Span, most: number, timeZone: string): Buckets {
  const length = span.to.getTime() - span.from.getTime();
  for (const [name, size] of Object.entries(BUCKET_SIZES) as [BucketSizeName, BucketSize][]) {
    // Months are shorter than their size says, by at most a tenth.
    if (length / size.ms > most * 1.1) continue;
    const divided =
      size.local === undefined ? evenly(span, size.ms) : locally(span, size, timeZone);
    if (divided.starts.length <= most) return { size: name, ...divided };
  }
  return { size: undefined, ...parts(span, most) };
}

function evenly({ from, to }: Span, ms: number): Omit<Buckets, "size"> {
  const first = Math.floor(from.getTime() / ms) * ms;
  const count = Math.ceil((to.getTime() - first) / ms);
  const starts = Array.from({ length: count }, (_, index) => new Date(first + index * ms));
  return { starts, end: new Date(first + count * ms) };
}

function parts({ from, to }: Span, count: number): Omit<Buckets, "size"> {
  const ms = Math.ceil((to.getTime() - from.getTime()) / count);
  const starts = Array.from({ length: count }, (_, n) => new Date(from.getTime() + n * ms));
  return { starts, end: new Date(from.getTime() + count * ms) };
}

function locally({ from, to }: Span, size: BucketSize, zone: string): Omit<Buckets, "size"> {
  const starts: Date[] = [];
  const clockOf = zoneClock(zone);
  let clock = beginning(clockOf(from.getTime()), size);
  let start = momentOf(clock, clockOf);
  while (start < to) {
    starts.push(start);
    clock = following(clock, size);
    start = momentOf(clock, clockOf);
  }
  return { starts, end: start };
}

// Weeks begin on Monday; the first day of 1970 was a Thursday.
const MONDAY_MS = -3 * BUCKET_SIZES.day.ms;

function beginning(clock: number, { ms, local }: BucketSize): number {
  const date = new Date(clock);
  if (local === "months") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  const origin = local === "weeks" ? MONDAY_MS : 0;
  return Math.floor((clock - origin) / ms) * ms + origin;
}

function following(clock: number, { ms, local }: BucketSize): number {
  const date = new Date(clock);
  if (local === "months") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  return clock + ms;
}
