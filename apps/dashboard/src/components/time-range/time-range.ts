import type { QueryInput } from "@call-log/model";

import { TO_THE_MINUTE } from "../../format/time.ts";
import { localDates, zonedDates } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";
import { isZone, momentOf, type WallTime, wallTime } from "./zoned-time.ts";

/** A time range: its first moment and the first one after it; open at an end without one. */
export interface TimeRange {
  from?: Date;
  to?: Date;
}

/** The moment and the time zone (IANA name) by which a range is calculated. */
export interface Clock {
  now: Date;
  zone: string;
}

/** A time range by name. */
export interface QuickRange {
  label: string;
  bounds: (clock: Clock) => TimeRange;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const last =
  (ms: number) =>
  ({ now }: Clock): TimeRange => ({ from: new Date(now.getTime() - ms) });

const monthOf = (year: number, month: number, zone: string) =>
  momentOf({ year, month, day: 1, hour: 0, minute: 0, second: 0 }, zone);

// Midnight of a day, so many days from today.
function midnight({ now, zone }: Clock, days: number): Date {
  const today = wallTime(now, zone);
  return momentOf({ ...today, day: today.day + days, hour: 0, minute: 0, second: 0 }, zone);
}

function monthFrom({ now, zone }: Clock, months: number): Date {
  const { year, month } = wallTime(now, zone);
  return monthOf(year, month + months, zone);
}

/** Ranges by their name in an address: `range=24h`. A month is named by itself: `range=2026-09`. */
export const QUICK_RANGES = {
  "15m": { label: t("Last 15 minutes"), bounds: last(15 * MINUTE_MS) },
  "1h": { label: t("Last hour"), bounds: last(HOUR_MS) },
  "24h": { label: t("Last 24 hours"), bounds: last(24 * HOUR_MS) },
  "7d": { label: t("Last 7 days"), bounds: (clock) => ({ from: midnight(clock, -6) }) },
  "30d": { label: t("Last 30 days"), bounds: (clock) => ({ from: midnight(clock, -29) }) },
  today: { label: t("Today"), bounds: (clock) => ({ from: midnight(clock, 0) }) },
  yesterday: {
    label: t("Yesterday"),
    bounds: (clock) => ({ from: midnight(clock, -1), to: midnight(clock, 0) }),
  },
  "this-month": { label: t("This month"), bounds: (clock) => ({ from: monthFrom(clock, 0) }) },
  "last-month": {
    label: t("Last month"),
    bounds: (clock) => ({ from: monthFrom(clock, -1), to: monthFrom(clock, 0) }),
  },
  all: { label: t("All time"), bounds: () => ({}) },
} as const satisfies Record<string, QuickRange>;

/** Name of a quick range. */
export type QuickRangeName = keyof typeof QUICK_RANGES;

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;
const months = localDates({ month: "long", year: "numeric", timeZone: "UTC" });

/** The range of a name: a quick range or a month; undefined for any other name. */
export function namedRange(name: string): QuickRange | undefined {
  if (Object.hasOwn(QUICK_RANGES, name)) return QUICK_RANGES[name as QuickRangeName];
  const [, year, month] = MONTH.exec(name)?.map(Number) ?? [];
  if (year === undefined || month === undefined) return undefined;
  return {
    label: months(Date.UTC(year, month - 1)),
    bounds: ({ zone }) => ({
      from: monthOf(year, month, zone),
      to: monthOf(year, month + 1, zone),
    }),
  };
}

/** Names of the months before the last one, latest first: `2026-09`. */
export function earlierMonths({ now, zone }: Clock, count: number): string[] {
  const { year, month } = wallTime(now, zone);
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - 3 - index)).toISOString().slice(0, 7),
  );
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_AND_TIME = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?$/;

function wallOf(text: string): WallTime | undefined {
  const found = DAY_AND_TIME.exec(text) ?? DAY.exec(text);
  if (found === null) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  return { year: year!, month: month!, day: day!, hour, minute, second };
}

/**
 * The moment that a text of an address means: a moment with its zone, or a day, or a day and time, of the given zone. Of a
 * day its first moment, or as an end its last millisecond. Undefined for any other text.
 */
export function momentIn(text: string, zone: string, end: "start" | "end"): Date | undefined {
  const wall = wallOf(text);
  if (wall === undefined) {
    const moment = new Date(text);
    return Number.isNaN(moment.getTime()) ? undefined : moment;
  }
  if (Number.isNaN(Date.parse(text))) return undefined;
  if (end === "start" || !DAY.test(text)) return momentOf(wall, zone);
  return new Date(momentOf({ ...wall, day: wall.day + 1 }, zone).getTime() - 1);
}

/** What a screen needs to know to read its range. */
export interface RangeOptions {
  now: Date;
  /** Zone of addresses without one: the browser's. */
  zone: string;
  /** Range of addresses without one. @defaultValue `all` */
  usual?: QuickRangeName;
}

/** The range of an address, with the zone by which it is calculated. */
export interface ShownRange extends TimeRange {
  zone: string;
  /** `range` of the address, `usual` without any; undefined for a range of two moments. */
  name: string | undefined;
  /** What the range is called: `Last 24 hours`, `September 2026`; undefined for a range of two moments. */
  label: string | undefined;
}

/** The zone of an address, or `fallback` without a valid one. */
export function zoneOf(address: URLSearchParams, fallback: string): string {
  const zone = address.get("zone") ?? "";
  return zone !== "" && isZone(zone) ? zone : fallback;
}

/**
 * The range of an address: `range` (a name), else `since` and `until` (both included), all in `zone`. Whatever cannot be
 * read counts as absent.
 */
export function rangeOf(address: URLSearchParams, { now, usual = "all", ...rest }: RangeOptions) {
  const zone = zoneOf(address, rest.zone);
  const name = address.get("range") ?? "";
  const known = namedRange(name);
  const since = momentIn(address.get("since") ?? "", zone, "start");
  const until = momentIn(address.get("until") ?? "", zone, "end");
  if (known === undefined && (since !== undefined || until !== undefined)) {
    const to = until && new Date(until.getTime() + 1);
    const free: TimeRange = { ...(since && { from: since }), ...(to && { to }) };
    return { ...free, zone, name: undefined, label: undefined } satisfies ShownRange;
  }
  const { label, bounds } = known ?? QUICK_RANGES[usual];
  const shown: ShownRange = {
    ...bounds({ now, zone }),
    zone,
    name: known === undefined ? usual : name,
    label,
  };
  return shown;
}

/** The calls that were requested in a range. */
export function queryOfRange({ from, to }: TimeRange): QueryInput {
  if (from === undefined && to === undefined) return {};
  return {
    createdAt: {
      ...(from && { $gte: from.toISOString() }),
      ...(to && { $lt: to.toISOString() }),
    },
  };
}

/** Changes of an address; undefined removes a parameter. */
export type AddressChanges = Readonly<Record<string, string | undefined>>;

/** The changes that put a named range into an address. */
export function namedInAddress(name: string, zone: string): AddressChanges {
  return { range: name, zone, since: undefined, until: undefined };
}

/** The changes that put a free range into an address: two texts of date fields, each possibly empty. */
export function freeInAddress(since: string, until: string, zone: string): AddressChanges {
  return { range: undefined, zone, since: since || undefined, until: until || undefined };
}

/** The changes that remove the range from an address; the zone stays. */
export const NO_RANGE: AddressChanges = { range: undefined, since: undefined, until: undefined };

const two = (part: number) => String(part).padStart(2, "0");

/** A moment as a date field of a zone shows it: `2026-11-24T03:12:00`. */
export function fieldText(moment: Date | undefined, zone: string): string {
  if (moment === undefined) return "";
  const { year, month, day, hour, minute, second } = wallTime(moment, zone);
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}`;
}

const minutes = zonedDates(TO_THE_MINUTE);

/** A moment by the clock of a zone, to the minute: 24 Nov 2026 03:12. */
export function minuteText(moment: Date, zone: string): string {
  return minutes(moment, zone).replace(",", "");
}

/** A range in words: its label, or its two moments by the clock of its zone, to the minute. */
export function rangeInWords({ label, from, to, zone }: ShownRange): string {
  if (label !== undefined) return label;
  const words = (moment: Date) => minuteText(moment, zone);
  const until = to && new Date(to.getTime() - 1);
  if (from === undefined)
    return until === undefined ? t("All time") : t("Until {time}", { time: words(until) });
  return until === undefined
    ? t("Since {time}", { time: words(from) })
    : t("{first} to {last}", { first: words(from), last: words(until) });
}
