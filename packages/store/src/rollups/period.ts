/** How long the periods are that calls are summed over; all are of UTC. */
export type Level = "hour" | "day" | "month";

/** Times from `from` on and before `to`, in milliseconds since 1970; infinite where there is no limit. */
export interface TimeRange {
  from: number;
  to: number;
}

/** Names the whole of a log: the page that holds the sums of its months. */
export const ROOT = "";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Periods are named by the start of an ISO 8601 time, which has four digits for these years only. */
export const NAMED_TIMES: TimeRange = { from: 0, to: Date.UTC(9999, 11, 1) };

interface LevelEntry {
  /** Characters of an ISO 8601 time that name a period of this level. */
  nameLength: number;
  rest: string;
  next: (start: number) => number;
}

const LEVELS: Readonly<Record<Level, LevelEntry>> = {
  month: { nameLength: 7, rest: "-01T00:00:00.000Z", next: nextMonth },
  day: { nameLength: 10, rest: "T00:00:00.000Z", next: (start) => start + DAY_MS },
  hour: { nameLength: 13, rest: ":00:00.000Z", next: (start) => start + HOUR_MS },
};

function nextMonth(start: number): number {
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Name of the period that a time is in: `2026-11`, `2026-11-25` or `2026-11-25T10`. */
export function periodAt(level: Level, time: number): string {
  return new Date(time).toISOString().slice(0, LEVELS[level].nameLength);
}

/** From its start to the start of the next one. */
export function rangeOf(period: string): TimeRange {
  const { rest, next } = LEVELS[levelOf(period)];
  const from = Date.parse(period + rest);
  return { from, to: next(from) };
}

/** Length of a period, by its name. */
export function levelOf(period: string): Level {
  if (period.length === LEVELS.month.nameLength) return "month";
  return period.length === LEVELS.day.nameLength ? "day" : "hour";
}

/** The period of the next level that a period is part of; the whole log for a month. */
export function parentOf(period: string): string {
  switch (levelOf(period)) {
    case "month":
      return ROOT;
    case "day":
      return period.slice(0, LEVELS.month.nameLength);
    case "hour":
      return period.slice(0, LEVELS.day.nameLength);
  }
}

/**
 * The periods of the next level, in their order, that a period or the whole log has within a range; the range must be
 * finite for the whole log.
 */
export function partsOf(period: string, within: TimeRange): string[] {
  const whole = period === ROOT ? within : overlap(rangeOf(period), within);
  const level = period === ROOT ? "month" : levelOf(period) === "month" ? "day" : "hour";
  const parts: string[] = [];
  for (let time = whole.from; time < whole.to;) {
    const part = periodAt(level, time);
    parts.push(part);
    time = rangeOf(part).to;
  }
  return parts;
}

/** Intersection of two ranges; empty (`to` not after `from`) when they do not overlap. */
export function overlap(one: TimeRange, other: TimeRange): TimeRange {
  return { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
}

/** True when no time is in a range. */
export function isEmpty({ from, to }: TimeRange): boolean {
  return from >= to;
}

/** True when a range holds all of another one. */
export function holds(outer: TimeRange, inner: TimeRange): boolean {
  return outer.from <= inner.from && inner.to <= outer.to;
}

/** The start of the hour that a time is in. */
export function hourStart(time: number): number {
  return Math.floor(time / HOUR_MS) * HOUR_MS;
}
