import type { ShownRange, TimeRange } from "../components/time-range/time-range.ts";
import { momentIn } from "../components/time-range/time-range.ts";
import { momentOf, type WallTime, wallTime } from "../components/time-range/zoned-time.ts";
import { t } from "../language/translate.ts";

/** What a range can be compared with. */
export const COMPARISONS = {
  none: t("Not compared"),
  previous: t("Period before"),
  month: t("Same period a month before"),
  free: t("Another period"),
} as const;

/** What a range is compared with. */
export type Comparison = keyof typeof COMPARISONS;

/** The comparison of an address. */
export function comparisonOf(address: URLSearchParams): Comparison {
  const asked = address.get("compare") ?? "";
  return Object.hasOwn(COMPARISONS, asked) ? (asked as Comparison) : "none";
}

/** Range that an address compares its own with; undefined for none, and where a range has no beginning. */
export function comparedRange(
  address: URLSearchParams,
  range: ShownRange,
  now: Date,
): TimeRange | undefined {
  const { zone } = range;
  switch (comparisonOf(address)) {
    case "none":
      return undefined;
    case "previous":
      return periodBefore(range, now);
    case "month":
      return range.from === undefined
        ? undefined
        : { from: monthBefore(range.from, zone), to: monthBefore(range.to ?? now, zone) };
    case "free":
      return freeRange(address, zone);
  }
}

function freeRange(address: URLSearchParams, zone: string): TimeRange | undefined {
  const from = momentIn(address.get("compare-since") ?? "", zone, "start");
  const until = momentIn(address.get("compare-until") ?? "", zone, "end");
  if (from === undefined || until === undefined || from > until) return undefined;
  return { from, to: new Date(until.getTime() + 1) };
}

// Whole months are compared with the months before, and whole days with as many days, by the zone's clock.
function periodBefore({ from, to, zone }: ShownRange, now: Date): TimeRange | undefined {
  if (from === undefined) return undefined;
  const [start, end] = [wallTime(from, zone), wallTime(to ?? now, zone)];
  if (isFirstOfMonth(start)) {
    // A month that is not over is compared with as much of the one before.
    if (to === undefined)
      return { from: monthBefore(from, zone), to: earliest(monthBefore(now, zone), from) };
    const months = isFirstOfMonth(end) ? (end.year - start.year) * 12 + end.month - start.month : 0;
    if (months > 0)
      return { from: momentOf({ ...start, month: start.month - months }, zone), to: from };
  }
  const days = (asUtc(end) - asUtc(start)) / 86_400_000;
  const shifted = (wall: WallTime) =>
    momentOf({ ...wall, second: wall.second - Math.round(days * 86_400) }, zone);
  return { from: shifted(start), to: to === undefined ? from : shifted(end) };
}

function isFirstOfMonth({ day, hour, minute, second }: WallTime): boolean {
  return day === 1 && hour === 0 && minute === 0 && second === 0;
}

// The 31st of a month is the last day of a shorter one.
function monthBefore(moment: Date, zone: string): Date {
  const wall = wallTime(moment, zone);
  const last = new Date(Date.UTC(wall.year, wall.month - 1, 0)).getUTCDate();
  return momentOf({ ...wall, month: wall.month - 1, day: Math.min(wall.day, last) }, zone);
}

function asUtc({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function earliest(a: Date, b: Date): Date {
  return a < b ? a : b;
}
