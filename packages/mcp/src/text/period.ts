import { type CalendarDay, dayIn, momentIn } from "./zone-calendar.ts";

/** A span of time: `from` is in it, `to` is not. */
export interface Period {
  from: Date;
  to: Date;
}

/** By which clock words are understood. */
export interface Clock {
  now: Date;
  timeZone: string;
}

const UNITS_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
const UNIT = "(second|minute|hour|day|week)s?";
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

type Reading = (match: RegExpExecArray, clock: Clock) => Period | undefined;

/** Words for a span of time, the first form that fits; every form is in the description of the field. */
const FORMS: readonly (readonly [form: RegExp, read: Reading])[] = [
  [new RegExp(`^(?:last|past) (\\d{1,4}) ${UNIT}$`), rolling],
  [new RegExp(`^(?:last|past) (hour|minute|day)$`), ([, unit], clock) => span(clock, 1, unit)],
  [/^today$/, (_match, clock) => days(clock, 0, 1)],
  [/^yesterday$/, (_match, clock) => days(clock, -1, 1)],
  [/^last night$/, lastNight],
  [/^(this|last) week$/, ([, which], clock) => week(clock, which)],
  [/^(this|last) month$/, ([, which], clock) => monthOf(clock, which === "this" ? 0 : -1)],
  [/^(this|last) year$/, ([, which], clock) => year(clock, which)],
  [new RegExp(`^(${MONTHS.join("|")})(?: (\\d{4}))?$`), namedMonth],
  [/^(\d{4})-(\d{2})-(\d{2})$/, isoDay],
  [/^(\d{4})-(\d{2})$/, isoMonth],
  [/^(\d{4})$/, ([, text], { timeZone }) => calendarYear(timeZone, Number(text))],
];

/** A span of time from words such as "last 2 hours", "yesterday", "October" or "2026-10"; undefined for others. */
export function parsePeriod(text: string, clock: Clock): Period | undefined {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, " ");
  const ends = /^(\S.*?)(?: ?\/ ?| to | until )(\S.*)$/.exec(words);
  if (ends !== null) {
    const from = parseMoment(ends[1]!, clock, "from");
    const to = parseMoment(ends[2]!, clock, "to");
    return from && to && from < to ? { from, to } : undefined;
  }
  return readForm(words, clock);
}

function readForm(words: string, clock: Clock): Period | undefined {
  for (const [form, read] of FORMS) {
    const match = form.exec(words);
    if (match !== null) return valid(read(match, clock));
  }
  return undefined;
}

const ISO = /^\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:z|[+-]\d\d:?\d\d)$/;
const LOCAL = /^(?:(\d{4})-(\d{2})-(\d{2})[t ]|(today|yesterday) )?(\d{1,2}):(\d{2})(?::\d\d)?$/;
const AGO = new RegExp(`^(\\d{1,4}) ${UNIT} ago$`);

/** A moment from words: ISO 8601, a time of the clock with or without its day, "2 hours ago", or the edge of a span of time; undefined for others. */
export function parseMoment(text: string, clock: Clock, edge: keyof Period): Date | undefined {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, " ");
  if (words === "now") return clock.now;
  if (ISO.test(words)) return validDate(new Date(words.toUpperCase()));
  const ago = AGO.exec(words);
  if (ago !== null) return span(clock, Number(ago[1]), ago[2])?.from;
  const local = LOCAL.exec(words);
  if (local !== null) return localMoment(local, clock);
  return readForm(words, clock)?.[edge];
}

function localMoment(match: RegExpExecArray, clock: Clock): Date | undefined {
  const [, year, month, day, word, hours, minutes] = match;
  const today = dayIn(clock.timeZone, clock.now);
  const named = { year: Number(year), month: Number(month), day: Number(day) };
  const on =
    year === undefined ? { ...today, day: today.day - (word === "yesterday" ? 1 : 0) } : named;
  if (Number(hours) > 24 || Number(minutes) > 59 || !isPossible(on)) return undefined;
  return validDate(momentIn(clock.timeZone, on, Number(hours) * 60 + Number(minutes)));
}

function rolling([, count, unit]: RegExpExecArray, clock: Clock): Period | undefined {
  return span(clock, Number(count), unit);
}

function span({ now }: Clock, count: number, unit = ""): Period | undefined {
  const from = new Date(now.getTime() - count * (UNITS_MS[unit] ?? 0));
  return { from, to: now };
}

function days({ now, timeZone }: Clock, first: number, count: number): Period {
  const today = dayIn(timeZone, now);
  const on = (offset: number) => momentIn(timeZone, { ...today, day: today.day + offset });
  return { from: on(first), to: on(first + count) };
}

const [EVENING, MORNING] = [20 * 60, 8 * 60];

function lastNight(_match: RegExpExecArray, { now, timeZone }: Clock): Period {
  const today = dayIn(timeZone, now);
  return {
    from: momentIn(timeZone, { ...today, day: today.day - 1 }, EVENING),
    to: momentIn(timeZone, today, MORNING),
  };
}

// From Monday on.
function week(clock: Clock, which: string | undefined): Period {
  const { year, month, day } = dayIn(clock.timeZone, clock.now);
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return days(clock, -weekday - (which === "this" ? 0 : 7), 7);
}

function monthOf({ now, timeZone }: Clock, offset: number): Period {
  const { year, month } = dayIn(timeZone, now);
  return calendarMonth(timeZone, year, month + offset);
}

function year({ now, timeZone }: Clock, which: string | undefined): Period {
  return calendarYear(timeZone, dayIn(timeZone, now).year - (which === "this" ? 0 : 1));
}

// Without a year it is the latest one that has begun.
function namedMonth([, name, given]: RegExpExecArray, { now, timeZone }: Clock): Period {
  const today = dayIn(timeZone, now);
  const month = MONTHS.indexOf(name!) + 1;
  const latest = month <= today.month ? today.year : today.year - 1;
  return calendarMonth(timeZone, given === undefined ? latest : Number(given), month);
}

function isoMonth([, year, month]: RegExpExecArray, { timeZone }: Clock): Period | undefined {
  const first = { year: Number(year), month: Number(month), day: 1 };
  return isPossible(first) ? calendarMonth(timeZone, first.year, first.month) : undefined;
}

function isoDay([, year, month, day]: RegExpExecArray, { timeZone }: Clock): Period | undefined {
  const on = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isPossible(on)) return undefined;
  return { from: momentIn(timeZone, on), to: momentIn(timeZone, { ...on, day: on.day + 1 }) };
}

function calendarMonth(timeZone: string, year: number, month: number): Period {
  const first = (of: number) => momentIn(timeZone, { year, month: of, day: 1 });
  return { from: first(month), to: first(month + 1) };
}

function calendarYear(timeZone: string, year: number): Period {
  const first = (of: number) => momentIn(timeZone, { year: of, month: 1, day: 1 });
  return { from: first(year), to: first(year + 1) };
}

function isPossible({ year, month, day }: CalendarDay): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

// Only years that ISO 8601 writes with four digits are times of the API.
function validDate(date: Date): Date | undefined {
  const [first, last] = [Date.UTC(1970, 0, 1), Date.UTC(9999, 0, 1)];
  return date.getTime() >= first && date.getTime() < last ? date : undefined;
}

function valid(period: Period | undefined): Period | undefined {
  if (period === undefined) return undefined;
  return validDate(period.from) && validDate(period.to) ? period : undefined;
}
