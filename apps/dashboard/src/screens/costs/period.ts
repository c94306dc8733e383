import type { QueryInput } from "@call-log/model";

/** Periods of the costs. */
export const PERIODS = ["today", "7 days", "30 days", "this month", "last month", "all"] as const;

/** A period of the costs. */
export type Period = (typeof PERIODS)[number];

const firstOf = (now: Date, months: number) => new Date(now.getFullYear(), now.getMonth() + months);
const daysAgo = (now: Date, days: number) =>
  new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);

/** First moment of each period, and the one after its last, in the browser's zone. */
const BOUNDS: Readonly<Record<Period, (now: Date) => { from?: Date; to?: Date }>> = {
  today: (now) => ({ from: daysAgo(now, 0) }),
  "7 days": (now) => ({ from: daysAgo(now, 6) }),
  "30 days": (now) => ({ from: daysAgo(now, 29) }),
  "this month": (now) => ({ from: firstOf(now, 0) }),
  "last month": (now) => ({ from: firstOf(now, -1), to: firstOf(now, 0) }),
  all: () => ({}),
};

/** The calls that were requested in a period. */
export function queryOfPeriod(period: Period, now: Date): QueryInput {
  const { from, to } = BOUNDS[period](now);
  if (from === undefined) return {};
  const createdAt = { $gte: from.toISOString(), ...(to && { $lt: to.toISOString() }) };
  return { createdAt };
}

/** The period in an address, 30 days by default. */
export function periodOf(address: URLSearchParams): Period {
  return PERIODS.find((name) => name === address.get("period")) ?? "30 days";
}

/** The list of the calls of a period, with further filters, as an address. */
export function listOfPeriod(
  period: Period,
  now: Date,
  filters: Readonly<Record<string, string>>,
): string {
  const { from, to } = BOUNDS[period](now);
  // The list's limit is inclusive.
  const until = to && new Date(to.getTime() - 1);
  const address = new URLSearchParams({
    ...filters,
    ...(from && { since: from.toISOString() }),
    ...(until && { until: until.toISOString() }),
  });
  return `/?${address.toString()}`;
}
