const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;

/** A zone's local time at a moment, written as if it were UTC; both in milliseconds, the result in whole seconds. */
export type ZoneClock = (moment: number) => number;

/** The clock of a time zone. */
export function zoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  return (moment) => {
    const parts = format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]);
    const {
      year = 0,
      month = 1,
      day = 1,
      hour = 0,
      minute = 0,
      second = 0,
    } = Object.fromEntries(parts) as Partial<Record<string, number>>;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

/**
 * The moment of a zone's local time; the earlier of two, and the one after the gap for a local time that does not
 * exist.
 */
export function momentOf(clock: number, clockOf: ZoneClock): Date {
  const offsetAt = (ms: number) => offsetOf(ms, clockOf);
  const candidates = [offsetAt(clock - DAY_MS), offsetAt(clock + DAY_MS)].map(
    (offset) => clock - offset,
  );
  const exact = candidates.filter((ms) => clockOf(ms) === clock);
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
}

function offsetOf(ms: number, clockOf: ZoneClock): number {
  return clockOf(ms) - Math.floor(ms / 1000) * 1000;
}

/**
 * How many milliseconds a zone's clock is ahead of UTC at a moment; cheap for many moments of few days. Since 1972 every
 * clock has changed on a quarter of an hour.
 */
export function zoneOffsets(clockOf: ZoneClock): (moment: number) => number {
  const known = new Map<number, number>();
  const at = (ms: number): number => {
    const offset = known.get(ms) ?? offsetOf(ms, clockOf);
    known.set(ms, offset);
    return offset;
  };
  return (moment) => {
    const day = Math.floor(moment / DAY_MS) * DAY_MS;
    const offset = at(day);
    if (offset === at(day + DAY_MS)) return offset;
    return at(Math.floor(moment / QUARTER_MS) * QUARTER_MS);
  };
}
