import { t } from "../../language/translate.ts";

/** First hour of the night, and the first after it. */
const NIGHT = { from: 22, until: 7 };

/** Whether it is night in any, or in all, of the zones that a callee may be in. */
export function nightIn(zones: readonly string[], now: Date): "all" | "some" | "none" {
  const nights = zones.filter((zone) => isNight(zone, now)).length;
  if (nights === 0) return "none";
  return nights === zones.length ? "all" : "some";
}

/** Words for a night after a number of calls; empty by day. */
export const NIGHT_WORDS = {
  all: t("it is night there"),
  some: t("it may be night there"),
  none: "",
};

function isNight(timeZone: string, now: Date): boolean {
  const text = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  const hour = Number(text.format(now));
  return hour >= NIGHT.from || hour < NIGHT.until;
}
