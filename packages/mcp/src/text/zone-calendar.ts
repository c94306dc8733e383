/** A day of a calendar; `month` from 1 to 12. */
export interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

/** The day that a clock of this zone shows at a moment. */
export function dayIn(timeZone: string, at: Date): CalendarDay {
  const shown = new Date(at.getTime() + offsetMs(timeZone, at));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
  };
}

/** The moment at which a clock of this zone shows a day and so many minutes after midnight. Days and months may run over: day 0 is the last one of the month before. */
export function momentIn(timeZone: string, { year, month, day }: CalendarDay, minutes = 0): Date {
  const shown = new Date(0);
  shown.setUTCFullYear(year, month - 1, day);
  shown.setUTCMinutes(minutes);
  const near = new Date(shown.getTime() - offsetMs(timeZone, shown));
  // The clock may have changed between the two.
  return new Date(shown.getTime() - offsetMs(timeZone, near));
}

// How far the zone's clock is ahead of UTC.
function offsetMs(timeZone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = new Date(0);
  shown.setUTCFullYear(part("year"), part("month") - 1, part("day"));
  shown.setUTCHours(part("hour"), part("minute"), part("second"));
  return shown.getTime() - Math.floor(at.getTime() / 1000) * 1000;
}
