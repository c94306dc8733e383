import type { FigureDimension, FigureGroup, StatsDimension } from "@call-log/model";

import type { FigureFacts, TimeRange } from "../../rollups/index.ts";
import { momentOf, zoneClock, zoneOffsets } from "../zone-clock.ts";

/** What figures and stats are grouped by. */
export type SumDimension = FigureDimension | StatsDimension;

/** What the groups of a call, or of calls that have the same facts, are taken from. */
export interface GroupedCall extends FigureFacts {
  createdAt: Date;
  userId?: string | null;
  user?: { name?: string; email?: string } | null;
  tags?: readonly string[] | null;
}

/** What a group is called, and when it was, beside its sums. */
export type GroupNames = Pick<FigureGroup, "key" | "name" | "from" | "to">;

/** How one dimension groups calls. */
export interface FigureGrouping {
  /** Fields of a call that it needs beside those of every figure. */
  fields?: readonly string[];
  /** True for a range all of whose calls have the same keys; absent where time does not matter. */
  fits?(range: TimeRange): boolean;
  keysOf(call: GroupedCall): readonly string[];
  /** The group, described by its newest call. */
  describe(key: string, newest: GroupedCall): GroupNames;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUARTER_MS = 900_000;

/** How each dimension groups calls, by a zone's clock. */
export function figureGroupings(timeZone: string): Record<SumDimension, FigureGrouping> {
  return {
    ...byClock(timeZone),
    country: byFact(({ country }) => [country]),
    provider: byFact(({ provider }) => [provider ?? ""]),
    status: byFact(({ status }) => [status]),
    // A call counts once for each outcome, as the filter of a list finds it.
    outcome: byFact(({ outcomes }) => (outcomes.length === 0 ? [""] : outcomes)),
    answeredBy: byFact(({ answeredBy }) => [answeredBy ?? ""]),
    person: byPerson,
    tag: byTag,
  };
}

type ClockDimension = "hour" | "day" | "hourOfDay";

/** The key of a moment, in milliseconds since 1970, by a zone's clock. */
export function clockKeys(timeZone: string): Record<ClockDimension, (ms: number) => string> {
  const offsetAt = zoneOffsets(zoneClock(timeZone));
  const localTime = (ms: number) => new Date(ms + offsetAt(ms)).toISOString();
  return {
    hour: (ms) => `${localTime(ms).slice(0, 13)}:00${offsetText(offsetAt(ms))}`,
    day: (ms) => localTime(ms).slice(0, 10),
    hourOfDay: (ms) => localTime(ms).slice(11, 13),
  };
}

function byClock(timeZone: string): Record<ClockDimension, FigureGrouping> {
  const clockOf = zoneClock(timeZone);
  const { hour: hourAt, day: dayAt, hourOfDay: hourOfDayAt } = clockKeys(timeZone);
  const isWithin =
    (keyAt: (ms: number) => string, longestMs: number) =>
    ({ from, to }: TimeRange) =>
      to - from <= longestMs && keyAt(from) === keyAt(to - 1);
  return {
    hour: {
      fits: isWithin(hourAt, HOUR_MS),
      keysOf: ({ createdAt }) => [hourAt(createdAt.getTime())],
      describe: (key, { createdAt }) => ({ key, ...spanAround(createdAt, hourAt) }),
    },
    day: {
      fits: isWithin(dayAt, DAY_MS),
      keysOf: ({ createdAt }) => [dayAt(createdAt.getTime())],
      describe(key) {
        const day = Date.parse(`${key}T00:00:00Z`);
        const [from, to] = [momentOf(day, clockOf), momentOf(day + DAY_MS, clockOf)];
        return { key, from: from.toISOString(), to: to.toISOString() };
      },
    },
    hourOfDay: {
      fits: isWithin(hourOfDayAt, HOUR_MS),
      keysOf: ({ createdAt }) => [hourOfDayAt(createdAt.getTime())],
      describe: (key) => ({ key }),
    },
  };
}

// An hour of the clock is shorter where the clock is put forward or back within it.
function spanAround(moment: Date, keyAt: (ms: number) => string): { from: string; to: string } {
  let from = Math.floor(moment.getTime() / QUARTER_MS) * QUARTER_MS;
  let to = from + QUARTER_MS;
  const key = keyAt(from);
  while (keyAt(from - QUARTER_MS) === key) from -= QUARTER_MS;
  while (keyAt(to) === key) to += QUARTER_MS;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

function offsetText(ms: number): string {
  const minutes = Math.abs(Math.round(ms / 60_000));
  const two = (number: number) => String(number).padStart(2, "0");
  return `${ms < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function byFact(keysOf: (facts: FigureFacts) => readonly string[]): FigureGrouping {
  return { keysOf, describe: (key) => ({ key }) };
}

// A tag that a call has twice counts once.
const byTag: FigureGrouping = {
  fields: ["tags"],
  keysOf: ({ tags }) => (tags && tags.length > 0 ? [...new Set(tags)] : [""]),
  describe: (key) => ({ key }),
};

const byPerson: FigureGrouping = {
  fields: ["userId", "user.name", "user.email"],
  keysOf: ({ userId }) => [userId ?? ""],
  describe(key, { user }) {
    const name = user?.name ?? user?.email;
    return { key, ...(typeof name === "string" && name !== "" && { name }) };
  },
};
