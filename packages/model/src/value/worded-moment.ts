/** Day and time in words, with the zone they are in: `Wednesday 25 November at 20:34 (Berlin)`; with the year where it is not that of `now`. */
export function wordedMoment(iso: string, timeZone: string, now: Date): string {
  const at = new Date(iso);
  const parts = partsOf(at, timeZone);
  const year = parts.year === partsOf(now, timeZone).year ? "" : ` ${parts.year}`;
  const day = `${parts.weekday} ${parts.day} ${parts.month}${year}`;
  return `${day} at ${parts.hour}:${parts.minute} (${zoneName(timeZone)})`;
}

/** A zone as people say it: `Berlin` for Europe/Berlin. */
function zoneName(timeZone: string): string {
  return (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
}

function partsOf(at: Date, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
