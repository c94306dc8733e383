import { localDates } from "../../language/local-format.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Distances between words on a time axis, in milliseconds, that people count in. */
const STEPS = [
  ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14, 30.4, 91.3, 365.25].map((days) => days * DAY_MS),
];

const clock = localDates({ hour: "2-digit", minute: "2-digit" });
const day = localDates({ day: "numeric", month: "short" });
const month = localDates({ month: "short", year: "numeric" });

/** Words below the columns of a time axis that begin at these times, in the browser's zone: at most `most`, at round times. */
export function timeTicks(starts: readonly string[], most: number): (string | undefined)[] {
  const times = starts.map((iso) => Date.parse(iso));
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const step = STEPS.find((one) => span / one <= most) ?? STEPS.at(-1)!;
  let last: number | undefined;
  return times.map((time) => {
    const round = roundOf(time, step);
    const isFirstOfRound = last !== undefined && round !== last;
    last = round;
    if (!isFirstOfRound && !isAt(time, step)) return undefined;
    return wordsOf(time, step);
  });
}

/** Number of the round part of time that a moment lies in, by the clock on the wall. */
function roundOf(time: number, step: number): number {
  const date = new Date(time);
  if (step >= 28 * DAY_MS) {
    const months = Math.round(step / (30.4 * DAY_MS));
    return Math.floor((date.getFullYear() * 12 + date.getMonth()) / months);
  }
  // 1970 began on a Thursday; weeks begin on Mondays.
  return Math.floor((wallTime(date) + 3 * DAY_MS) / step);
}

function isAt(time: number, step: number): boolean {
  return roundOf(time - 1, step) !== roundOf(time, step);
}

function wallTime(date: Date): number {
  return date.getTime() - date.getTimezoneOffset() * MINUTE_MS;
}

function wordsOf(time: number, step: number): string {
  const date = new Date(time);
  if (step >= 28 * DAY_MS) return month(date);
  const isMidnight = wallTime(date) % DAY_MS === 0;
  return step >= DAY_MS || isMidnight ? day(date) : clock(date);
}
