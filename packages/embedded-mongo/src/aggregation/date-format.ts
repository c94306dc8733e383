import { CommandError } from "../errors.ts";
import { isoWeek } from "./date-units.ts";
import { toLocal, zoneOffsetMs } from "./zoned-date.ts";

const DAY_MS = 86_400_000;

type Write = (local: Date, offsetMs: number) => string;

const SPECIFIERS: Readonly<Record<string, Write>> = {
  "%": () => "%",
  Y: (date) => pad(date.getUTCFullYear(), 4),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  d: (date) => pad(date.getUTCDate(), 2),
  H: (date) => pad(date.getUTCHours(), 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  L: (date) => pad(date.getUTCMilliseconds(), 3),
  j: (date) =>
    pad(Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS) + 1, 3),
  w: (date) => String(date.getUTCDay() + 1),
  u: (date) => String(date.getUTCDay() || 7),
  G: (date) => pad(isoWeek(date).year, 4),
  V: (date) => pad(isoWeek(date).week, 2),
  z: (_, offsetMs) => `${sign(offsetMs)}${pad(hours(offsetMs), 2)}${pad(minutes(offsetMs), 2)}`,
  Z: (_, offsetMs) => String(offsetMs / 60_000),
};

function pad(value: number, width: number): string {
  return String(value).padStart(width, "0");
}

function sign(offsetMs: number): string {
  return offsetMs < 0 ? "-" : "+";
}

function hours(offsetMs: number): number {
  return Math.floor(Math.abs(offsetMs) / 3_600_000);
}

function minutes(offsetMs: number): number {
  return (Math.abs(offsetMs) / 60_000) % 60;
}

/** Writes a date by a format of `%` specifiers. */
export function formatDate(date: Date, format: string, zone: string): string {
  const local = toLocal(date, zone);
  const offsetMs = zoneOffsetMs(zone, date);
  return format.replaceAll(/%(.?)/gs, (_, specifier: string) => {
    const write = Object.hasOwn(SPECIFIERS, specifier) ? SPECIFIERS[specifier] : undefined;
    if (write === undefined)
      throw new CommandError(18536, `Invalid format character '%${specifier}' in format string`);
    return write(local, offsetMs);
  });
}
