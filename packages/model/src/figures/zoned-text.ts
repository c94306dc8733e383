/** A moment by a zone's clock, with its offset: 2026-10-01T00:00:00+02:00. */
export function zonedText(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  }).formatToParts(moment);
  const of = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const offset = of["timeZoneName"]?.replace("GMT", "").replace("\u2212", "-") || "+00:00";
  return `${of["year"]}-${of["month"]}-${of["day"]}T${of["hour"]}:${of["minute"]}:${of["second"]}${offset}`;
}
