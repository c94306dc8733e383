/** A time as a wall clock shows it; the month counts from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

// Creating a format costs far more than using one.
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  formats.set(zone, format);
  return format;
}

/** True for a time zone that this browser knows, by its IANA name. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    // RangeError: no such zone.
    return false;
  }
}

/** What a wall clock in a zone shows at a moment. */
export function wallTime(moment: Date, zone: string): WallTime {
  const parts = formatOf(zone).formatToParts(moment);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: read("year"),
    month: read("month"),
    day: read("day"),
    hour: read("hour"),
    minute: read("minute"),
    second: read("second"),
  };
}

/** Milliseconds since 1970, as if the wall clock showed UTC. Parts out of range are carried over, as `Date.UTC` does. */
function asUtc({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The moment at which a wall clock in a zone shows a time; parts out of range are carried over (month 0 is December of the
 * year before). Of a time that comes twice, the first moment; of one that the clocks skip, the moment as far after the
 * change as the time is.
 */
export function momentOf(wall: WallTime, zone: string): Date {
  const wanted = asUtc(wall);
  const offsetAt = (moment: number) => asUtc(wallTime(new Date(moment), zone)) - moment;
  // The offsets a day before and a day after are those on both sides of any change between them.
  const [before, after] = [offsetAt(wanted - 86_400_000), offsetAt(wanted + 86_400_000)];
  const early = wanted - before;
  if (offsetAt(early) === before) return new Date(early);
  const late = wanted - after;
  return new Date(offsetAt(late) === after ? late : early);
}
