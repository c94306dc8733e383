import type { Filter, Test } from "@call-log/model";

/** Times from `from` on and before `to`, in milliseconds since 1970; infinite where there is no limit. */
interface Times {
  from: number;
  to: number;
}

/** Every time. */
export const EVER: Times = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** The times that a filter leaves: those of its ranges of createdAt that must hold. */
export function timesAskedFor(filter: Filter): Times {
  if (filter.kind === "and") return filter.filters.map(timesAskedFor).reduce(both, EVER);
  if (filter.kind !== "leaf" || filter.path !== "createdAt") return EVER;
  return timesOf(filter.test) ?? EVER;
}

/** The times of a test on createdAt; undefined for one that is no range. Dates of MongoDB are whole milliseconds, so every limit is one that is included or not. */
export function timesOf(test: Test): Times | undefined {
  if (test.kind === "is")
    return test.value instanceof Date
      ? { from: test.value.getTime(), to: test.value.getTime() + 1 }
      : undefined;
  if (test.kind !== "range") return undefined;
  const { above, from, below, upTo } = test.bounds;
  const limits: Times[] = [];
  for (const [limit, toTimes] of [
    [above, (time: number) => ({ ...EVER, from: time + 1 })],
    [from, (time: number) => ({ ...EVER, from: time })],
    [below, (time: number) => ({ ...EVER, to: time })],
    [upTo, (time: number) => ({ ...EVER, to: time + 1 })],
  ] as const) {
    if (limit === undefined) continue;
    if (!(limit instanceof Date)) return undefined;
    limits.push(toTimes(limit.getTime()));
  }
  return limits.reduce(both, EVER);
}

function both(one: Times, other: Times): Times {
  return { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
}
