import { z } from "zod";

const MINUTES_PER_DAY = 1440;
const MINUTE_MS = 60_000;

/** A time zone by its IANA name. */
export const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: 'must be a time zone by its IANA name, such as "Europe/Berlin"' })
  .meta({ example: "Europe/Berlin" });

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: 'must be a time of day, such as "22:00"',
});

/** Setting: when nobody is called, by the callee's clock. */
export const quietHours = z
  .strictObject({ from: clockTime, to: clockTime, timeZone })
  .refine(({ from, to }) => from !== to, { path: ["to"], error: "must differ from `from`" })
  .meta({
    description:
      "When nobody is called but in an emergency, by the callee's clock; the zone is for calls that do not state theirs",
  });

/** When nobody is called, by the callee's clock. */
export type QuietHours = z.output<typeof quietHours>;

/** When the quiet hours that this moment falls into are over, or undefined when it falls into none. */
export function quietUntil(
  { from, to }: Pick<QuietHours, "from" | "to">,
  zone: string,
  now: Date,
): Date | undefined {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const isQuiet = (time: Date) => {
    const minute = minuteOfDay(time, zone);
    return start < end ? minute >= start && minute < end : minute >= start || minute < end;
  };
  if (!isQuiet(now)) return undefined;
  const whole = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  const ahead = modulo(end - minuteOfDay(now, zone));
  const straight = new Date(whole + ahead * MINUTE_MS);
  // The clock may be put forward or back on the way.
  const shift =
    modulo(minuteOfDay(straight, zone) - end + MINUTES_PER_DAY / 2) - MINUTES_PER_DAY / 2;
  const shifted = new Date(straight.getTime() - shift * MINUTE_MS);
  return shifted > now && !isQuiet(shifted) ? shifted : straight;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function minuteOfDay(time: Date, zone: string): number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return minutesOf(format.format(time));
}

function modulo(minutes: number): number {
  return ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    // RangeError: no such zone.
    return false;
  }
}
