import { type TimeWords, wordedMoment } from "@call-log/model";

import { clockTime, dayTime, ZONE } from "../format/time.ts";
import { localDates } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { isEnglish } from "./inside-sentence.ts";

const PARTS = { weekday: "long", day: "numeric", month: "long" } as const;
const day = localDates(PARTS);
const dayOfYear = localDates({ ...PARTS, year: "numeric" });
const clock = localDates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** How a sentence of the active language shows its times, by the browser's clock. */
export const STORY_TIMES: TimeWords = {
  clock: clockTime,
  day: dayTime,
  on: (iso) => onMoment(iso, new Date()),
};

/** Day and time with the zone, after a preposition: `on Wednesday 25 November at 20:34 (Berlin)`; with the year where it is not that of `now`. */
export function onMoment(iso: string, now: Date): string {
  if (isEnglish()) return `on ${wordedMoment(iso, ZONE, now)}`;
  const at = new Date(iso);
  const format = at.getFullYear() === now.getFullYear() ? day : dayOfYear;
  const zone = (ZONE.split("/").at(-1) ?? ZONE).replaceAll("_", " ");
  return t("on {day} at {clock} ({zone})", { day: format(at), clock: clock(at), zone });
}
