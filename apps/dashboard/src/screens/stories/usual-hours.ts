/** Most hours that count as usual. */
const MOST_HOURS = 3;
/** Fewest calls from which hours are derived. */
const FEWEST_CALLS = 3;

/** The hours of the day at which most of these times are, by the clock of a zone: `03:00–04:00`; empty for too few times. */
export function usualHours(times: readonly string[], timeZone: string): string[] {
  if (times.length < FEWEST_CALLS) return [];
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  const counts = new Map<number, number>();
  for (const iso of times) {
    const hour = Number(format.format(new Date(iso)));
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  const most = [...counts].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, MOST_HOURS);
  return most.map(([hour]) => `${clock(hour)}–${clock((hour + 1) % 24)}`).toSorted();
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
