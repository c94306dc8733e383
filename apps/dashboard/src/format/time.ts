import type { TimeWords } from "@call-log/model";

import { leftToRight, localDates, numberText } from "../language/local-format.ts";
import { onMoment } from "./on-moment.ts";

/** The browser's time zone, by its IANA name. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const clock = localDates({ timeStyle: "medium" });
/** Parts of a moment that is written to the minute. */
export const TO_THE_MINUTE = {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
} as const;
const dayAndClock = localDates({ ...TO_THE_MINUTE, second: "2-digit" });
const dayAndMinute = localDates(TO_THE_MINUTE);

/** Hours, minutes, seconds in the browser's zone: 03:13:40. */
export function clockTime(iso: string): string {
  return clock(new Date(iso));
}

/** Day and time in the browser's zone: 24 Nov 2026 03:13:40. */
export function dayTime(iso: string): string {
  return leftToRight(dayAndClock(new Date(iso)).replace(",", ""));
}

/** Day and time to the minute in the browser's zone, where seconds say nothing: 24 Nov 2026 03:13. */
export function dayMinute(iso: string): string {
  return leftToRight(dayAndMinute(new Date(iso)).replace(",", ""));
}

/** How a sentence shows its times here. */
export const BROWSER_TIMES: TimeWords = {
  clock: clockTime,
  day: dayMinute,
  on: (iso) => onMoment(iso, { now: new Date(), zone: ZONE }),
};

/** Time between two moments, as `lengthText` writes it. */
export function gap(fromIso: string, toIso: string): string {
  return lengthText(Math.max(0, Date.parse(toIso) - Date.parse(fromIso)) / 1000);
}

/** How much later a moment is than another: +12 s. */
export function laterText(fromIso: string, toIso: string): string {
  return leftToRight(`+${gap(fromIso, toIso)}`);
}

/** A length of time in words that stay short: 0.4 s, 12 s, 3 min 5 s, 2 h 4 min, 3 d 2 h. */
export function lengthText(seconds: number): string {
  return leftToRight(lengthInUnits(seconds));
}

function lengthInUnits(seconds: number): string {
  if (seconds < 10) return `${numberText(Number(seconds.toFixed(1)))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return both(whole, [60, "min"], [1, "s"]);
  if (whole < 86_400) return both(whole, [3600, "h"], [60, "min"]);
  return both(whole, [86_400, "d"], [3600, "h"]);
}

type Unit = readonly [seconds: number, name: string];

function both(seconds: number, [large, largeName]: Unit, [small, smallName]: Unit): string {
  const rest = Math.floor((seconds % large) / small);
  const first = `${Math.floor(seconds / large)} ${largeName}`;
  return rest === 0 ? first : `${first} ${rest} ${smallName}`;
}
