import { localDates } from "../language/local-format.ts";

const parts = { year: "numeric", month: "short", day: "numeric" } as const;
const day = localDates(parts);
const weekday = localDates({ ...parts, weekday: "short" });
const clock = localDates({ hour: "2-digit", minute: "2-digit" });

/** A span of time in the browser's zone, up to but not including its end: "24 Nov 2026, 03:00–03:05", "Tue, 24 Nov 2026". */
export function spanText(fromIso: string, toIso: string): string {
  const [from, to] = [new Date(fromIso), new Date(toIso)];
  const last = new Date(to.getTime() - 1);
  const isOneDay = day(from) === day(last);
  if (isMidnight(from) && isMidnight(to))
    return isOneDay ? weekday(from) : `${day(from)} – ${day(last)}`;
  if (!isOneDay) return `${momentOf(from)} – ${momentOf(to)}`;
  return `${momentOf(from)}–${isMidnight(to) ? "24:00" : clock(to)}`;
}

function momentOf(date: Date): string {
  return `${day(date)}, ${clock(date)}`;
}

function isMidnight(date: Date): boolean {
  return date.getHours() === 0 && date.getMinutes() === 0;
}
