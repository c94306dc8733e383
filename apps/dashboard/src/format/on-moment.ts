import { wordedMoment } from "@call-log/model";

import { localDates } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { isEnglish } from "../words/inside-sentence.ts";

const PARTS = { weekday: "long", day: "numeric", month: "long" } as const;

/** Day and time with the zone, after a preposition: `on Wednesday 25 November at 20:34 (Berlin)`; with the year where it is not that of `now`. */
export function onMoment(iso: string, { now, zone }: { now: Date; zone: string }): string {
  if (isEnglish()) return `on ${wordedMoment(iso, zone, now)}`;
  const at = new Date(iso);
  const year = localDates({ year: "numeric", timeZone: zone });
  const parts = year(at) === year(now) ? PARTS : { ...PARTS, year: "numeric" as const };
  return t("on {day} at {clock} ({place})", {
    day: localDates({ ...parts, timeZone: zone })(at),
    clock: clockIn(zone, at),
    place: placeName(zone),
  });
}

const SHORT_PARTS = { weekday: "short", day: "numeric", month: "short" } as const;

/** The same where there is little room: `at 07:00 (Berlin)` today, else `on Tue 24 Nov at 07:00 (Berlin)`. */
export function onShortMoment(iso: string, { now, zone }: { now: Date; zone: string }): string {
  const at = new Date(iso);
  const day = localDates({ ...SHORT_PARTS, timeZone: zone });
  const values = { clock: clockIn(zone, at), place: placeName(zone) };
  if (day(at) === day(now)) return t("at {clock} ({place})", values);
  return t("on {day} at {clock} ({place})", { ...values, day: day(at).replaceAll(",", "") });
}

function clockIn(zone: string, at: Date): string {
  return localDates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone })(at);
}

/** The place in a zone's name: "New York". */
export function placeName(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}
