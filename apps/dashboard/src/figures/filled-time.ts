import type { FigureGroup } from "@call-log/model";
import { noSums } from "@call-log/model";

import { fieldText } from "../components/time-range/time-range.ts";
import { momentOf, wallTime } from "../components/time-range/zoned-time.ts";

/** Most days without a call that are put between days with calls. */
const MOST_DAYS = 800;

/** Days in their order, with those between them that have no call, by a zone's clock. */
export function filledDays(days: readonly FigureGroup[], zone: string): FigureGroup[] {
  const [first, last] = [days[0]?.from, days.at(-1)?.key];
  if (first === undefined || last === undefined) return [...days];
  const known = new Map(days.map((day) => [day.key, day]));
  const filled: FigureGroup[] = [];
  let from = new Date(first);
  while (filled.length < MOST_DAYS) {
    const key = fieldText(from, zone).slice(0, 10);
    if (key > last) break;
    const wall = wallTime(from, zone);
    const to = momentOf({ ...wall, day: wall.day + 1, hour: 0, minute: 0, second: 0 }, zone);
    const span = { from: from.toISOString(), to: to.toISOString() };
    filled.push(known.get(key) ?? { key, ...span, ...noSums() });
    from = to;
  }
  return filled;
}

/** Every hour of the day, also those without a call. */
export function filledHours(hours: readonly FigureGroup[]): FigureGroup[] {
  const known = new Map(hours.map((hour) => [hour.key, hour]));
  return Array.from({ length: 24 }, (_, hour) => {
    const key = String(hour).padStart(2, "0");
    return known.get(key) ?? { key, ...noSums() };
  });
}
