import type { TimeWords } from "@call-log/model";

/** Times as an assistant reads them: day, time and zone, since a conversation has no date of its own. */
export function shownTimes(timeZone: string): TimeWords {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const shown = (iso: string) =>
    `${format.format(new Date(iso)).replace(",", "")} ${timeZone === "UTC" ? "UTC" : `(${timeZone})`}`;
  return { clock: shown, day: shown, on: (iso) => `at ${shown(iso)}` };
}
