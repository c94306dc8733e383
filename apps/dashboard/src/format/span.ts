const parts = { year: "numeric", month: "short", day: "numeric" } as const;
const day = new Intl.DateTimeFormat("en-GB", parts);
const weekday = new Intl.DateTimeFormat("en-GB", { ...parts, weekday: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** A span of time in the browser's zone, up to but not including its end: "24 Nov 2026, 03:00–03:05", "Tue, 24 Nov 2026". */
export function spanText(fromIso: string, toIso: string): string {
  const [from, to] = [new Date(fromIso), new Date(toIso)];
  const last = new Date(to.getTime() - 1);
  const isOneDay = day.format(from) === day.format(last);
  if (isMidnight(from) && isMidnight(to))
    return isOneDay ? weekday.format(from) : `${day.format(from)} – ${day.format(last)}`;
  if (!isOneDay) return `${momentOf(from)} – ${momentOf(to)}`;
  return `${momentOf(from)}–${isMidnight(to) ? "24:00" : clock.format(to)}`;
}

function momentOf(date: Date): string {
  return `${day.format(date)}, ${clock.format(date)}`;
}

function isMidnight(date: Date): boolean {
  return date.getHours() === 0 && date.getMinutes() === 0;
}
