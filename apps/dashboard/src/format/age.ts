import { localAge } from "../language/local-format.ts";
import { t } from "../language/translate.ts";

/** Units of an age, the largest first; each is used from one of itself on. */
const UNITS = [
  [31_557_600, "year"],
  [2_629_800, "month"],
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
] as const;

/** An age below this, in seconds, is "now". */
const NOW_S = 5;

/** A time relative to the present, without a dot that would end its sentence: "3 min ago", "in 2 hr", "now". */
export function ageText(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (Number.isNaN(seconds)) return "";
  const size = Math.abs(seconds);
  if (size < NOW_S) return t("now");
  const [per, unit] = UNITS.find(([least]) => size >= least) ?? [1, "second"];
  // Seconds go by steps of five, so that a page of ages is calm.
  const count = unit === "second" ? Math.floor(size / 5) * 5 : Math.floor(size / per);
  return localAge()
    .format(Math.sign(seconds) * count, unit)
    .replaceAll(".", "");
}
