import { type TimeWords, zonedText } from "@call-log/model";

/** Times as an assistant reads them: day, time and zone, since a conversation has no date of its own. */
export function shownTimes(timeZone: string): TimeWords {
  const zone = timeZone === "UTC" ? "UTC" : `(${timeZone})`;
  const shown = (iso: string) => {
    const [day, clock] = zonedText(new Date(iso), timeZone).split("T");
    return `${day} ${clock?.slice(0, 8)} ${zone}`;
  };
  return { clock: shown, day: shown, on: (iso) => `at ${shown(iso)}` };
}
