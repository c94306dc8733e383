import { CommandError } from "../errors.ts";

const SECOND_MS = 1000;
const DAY_MS = 86_400_000;
const UNIT_MS = {
  millisecond: 1,
  second: SECOND_MS,
  minute: 60 * SECOND_MS,
  hour: 3600 * SECOND_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
};
const UNIT_MONTHS = { month: 1, quarter: 3, year: 12 };
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

// MongoDB counts bins from the start of 2000, which was a Saturday.
const REFERENCE_MS = Date.UTC(2000, 0, 1);
const REFERENCE_WEEKDAY = 6;

/** A unit in which dates are counted. */
export type DateUnit = keyof typeof UNIT_MS | keyof typeof UNIT_MONTHS;

/** Reads a unit's name. */
export function toUnit(value: unknown): DateUnit {
  if (
    typeof value === "string" &&
    (Object.hasOwn(UNIT_MS, value) || Object.hasOwn(UNIT_MONTHS, value))
  )
    return value as DateUnit;
  throw new CommandError("FailedToParse", `unknown time unit value: ${String(value)}`);
}

function monthsIn(unit: DateUnit): number | undefined {
  return Object.hasOwn(UNIT_MONTHS, unit)
    ? UNIT_MONTHS[unit as keyof typeof UNIT_MONTHS]
    : undefined;
}

function millisecondsIn(unit: DateUnit): number {
  return UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** Groups of units into which dates are truncated. */
export interface DateBin {
  readonly unit: DateUnit;
  readonly size: number;
  readonly startOfWeek: string;
}

/** Returns the start of the bin that holds a date. */
export function truncate(date: Date, { unit, size, startOfWeek }: DateBin): Date {
  if (size <= 0)
    throw new CommandError(5439018, "$dateTrunc requires 'binSize' to be greater than 0");
  const months = monthsIn(unit);
  if (months !== undefined) {
    const since = (date.getUTCFullYear() - 2000) * 12 + date.getUTCMonth();
    return new Date(Date.UTC(2000, floorTo(since, months * size), 1));
  }
  const origin = REFERENCE_MS + (unit === "week" ? daysToWeekStart(startOfWeek) * DAY_MS : 0);
  return new Date(origin + floorTo(date.getTime() - origin, millisecondsIn(unit) * size));
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

function daysToWeekStart(startOfWeek: string): number {
  const weekday = WEEKDAYS.indexOf(startOfWeek.toLowerCase().slice(0, 3));
  if (weekday < 0) throw new CommandError(5439015, `unknown day of week value: ${startOfWeek}`);
  return (weekday - REFERENCE_WEEKDAY + 7) % 7;
}

/** Adds units to a date; a day that a month lacks becomes its last one. */
export function addUnits(date: Date, unit: DateUnit, amount: number): Date {
  const months = monthsIn(unit);
  if (months === undefined) return new Date(date.getTime() + amount * millisecondsIn(unit));
  const target = new Date(date);
  target.setUTCDate(1);
  target.setUTCMonth(target.getUTCMonth() + amount * months);
  const lastDay = new Date(
    Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0),
  ).getUTCDate();
  target.setUTCDate(Math.min(date.getUTCDate(), lastDay));
  return target;
}

/** Counts the starts of units between two dates. */
export function boundariesBetween(
  { from, to }: { from: Date; to: Date },
  unit: DateUnit,
  startOfWeek: string,
): number {
  const bin = { unit, size: 1, startOfWeek };
  const start = truncate(from, bin);
  const end = truncate(to, bin);
  const months = monthsIn(unit);
  if (months === undefined) return (end.getTime() - start.getTime()) / millisecondsIn(unit);
  const years = end.getUTCFullYear() - start.getUTCFullYear();
  return (years * 12 + end.getUTCMonth() - start.getUTCMonth()) / months;
}

/** Returns the ISO week of a date, and the year to which that week belongs. */
export function isoWeek(date: Date): { week: number; year: number } {
  // The week is that of its Thursday.
  const thursday = new Date(date);
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  const days = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS);
  return { week: Math.floor(days / 7) + 1, year };
}
