import { z } from "zod";

import { onlyKeys } from "../value/only-keys.ts";

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

/** Setting: hours in which no calls are placed, by the callee's clock. */
export const quietHours = onlyKeys({
  from: clockTime.meta({ description: "When they begin", example: "22:00" }),
  to: clockTime.meta({
    description: "When they end; may be earlier than `from`",
    example: "07:00",
  }),
  timeZone: timeZone.meta({ description: "Time zone for calls without one" }),
})
  .refine(({ from, to }) => from !== to, { path: ["to"], error: "must differ from `from`" })
  .meta({
    description:
      "Hours without calls except emergencies, by the callee's clock; the zone is for calls without a time zone",
    example: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" },
  });

/** Hours in which no calls are placed, by the callee's clock. */
export type QuietHours = z.output<typeof quietHours>;

/**
 * End of the quiet hours that include this moment, or undefined outside of quiet hours. It is the first minute that is
 * not quiet on the callee's clock, also across a change to or from summer time.
 */
export function quietUntil(
  { from, to }: Pick<QuietHours, "from" | "to">,
  zone: string,
  now: Date,
): Date | undefined {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const minuteAt = clockOf(zone);
  const isQuiet = (minute: number) => {
    const ofDay = minuteAt(minute);
    return start < end ? ofDay >= start && ofDay < end : ofDay >= start || ofDay < end;
  };
  let at = Math.floor(now.getTime() / MINUTE_MS);
  if (!isQuiet(at)) return undefined;
  // Each round reaches the end of the quiet hours or the next change of the clock.
  for (let round = 0; round < MOST_CHANGES && isQuiet(at); round += 1) {
    const straight = at + modulo(end - minuteAt(at));
    at = firstChange(minuteAt, at, straight) ?? straight;
  }
  return new Date(at * MINUTE_MS);
}

/** Minute of the day that a clock shows at a minute since 1970 (UTC). */
type Clock = (minute: number) => number;

/** More than any change of a clock within a day. */
const MOST_CHANGES = 4;

/** The first minute after `from`, and at most `to`, at which the clock was put forward or back. */
function firstChange(minuteAt: Clock, from: number, to: number): number | undefined {
  const offset = modulo(minuteAt(from) - from);
  const isSame = (minute: number) => modulo(minuteAt(minute) - minute) === offset;
  if (isSame(to)) return undefined;
  let [same, changed] = [from, to];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (isSame(middle)) same = middle;
    else changed = middle;
  }
  return changed;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function clockOf(zone: string): Clock {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (minute) => minutesOf(format.format(minute * MINUTE_MS));
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
