import { localDates } from "../language/local-format.ts";
import { t } from "../language/translate.ts";

/** Local time in a zone: sortable, and as text. */
function wallClock(zone: string, now: Date): { order: string; words: string } {
  const parts = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  const day = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  return {
    order: new Intl.DateTimeFormat("sv", { ...parts, ...day }).format(now),
    words: localDates({ ...parts, weekday: "short" })(now).replace(",", ""),
  };
}

/** Local time of a callee who may be in any of these zones: one time, or the earliest and the latest. */
export function calleeTime(zones: readonly string[], now: Date): string {
  const clocks = zones.map((zone) => ({ zone, ...wallClock(zone, now) }));
  const sorted = clocks.toSorted((a, b) => (a.order < b.order ? -1 : 1));
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return t("unknown");
  if (first.order === last.order) return `${first.words} (${first.zone})`;
  return t("between {first} and {last}", {
    first: `${first.words} (${first.zone})`,
    last: `${last.words} (${last.zone})`,
  });
}
