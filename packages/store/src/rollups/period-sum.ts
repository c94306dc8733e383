import type { Level } from "./period.ts";
import type { PeriodSum } from "./rollup-documents.ts";

/** Most open calls that a sum may list; a period with more is not summed yet. */
export const MAX_OPEN: Readonly<Record<Level, number>> = { hour: 200, day: 200, month: 1000 };
/** Most different statuses that a sum may have; imports bring any text. */
const MAX_STATUSES = 100;

/** The sum over no calls. */
export const EMPTY_SUM: PeriodSum = { total: 0, byStatus: [], open: [], followed: true };

/** True until the first of the summed calls may have been deleted. */
export function isUsable(sum: PeriodSum | undefined, now: Date): sum is PeriodSum {
  return sum !== undefined && (sum.validUntil === undefined || sum.validUntil > now);
}

/** True for a sum that is small enough to be kept for a period of this level. */
export function isKeepable({ open, byStatus }: PeriodSum, level: Level): boolean {
  return open.length <= MAX_OPEN[level] && byStatus.length <= MAX_STATUSES;
}

/** The sum over the calls of all of these. */
export function added(sums: readonly PeriodSum[]): PeriodSum {
  const counts = new Map<string, number>();
  for (const { status, count } of sums.flatMap(({ byStatus }) => byStatus))
    counts.set(status, (counts.get(status) ?? 0) + count);
  const untils = sums.flatMap(({ validUntil }) => validUntil?.getTime() ?? []);
  return {
    total: sums.reduce((all, { total }) => all + total, 0),
    byStatus: toList(counts),
    open: sums.flatMap(({ open }) => open),
    ...(sums.every(({ followed, open }) => followed || open.length === 0) && {
      followed: true as const,
    }),
    ...(untils.length > 0 && { validUntil: new Date(Math.min(...untils)) }),
  };
}

/** The sum with those of its open calls put under their statuses that have become final, given those statuses by id. */
export function folded(sum: PeriodSum, finals: ReadonlyMap<string, string>): PeriodSum {
  const over = sum.open.flatMap((id) => finals.get(id) ?? []);
  const counts = new Map(sum.byStatus.map(({ status, count }) => [status, count]));
  for (const status of over) counts.set(status, (counts.get(status) ?? 0) + 1);
  return {
    ...sum,
    byStatus: toList(counts),
    open: sum.open.filter((id) => !finals.has(id)),
  };
}

/**
 * How many of the summed calls ended with a status that passes the test; calls listed as open are left out.
 */
export function endedWith(sum: PeriodSum, statuses: (status: string) => boolean): number {
  return sum.byStatus.reduce((all, { status, count }) => all + (statuses(status) ? count : 0), 0);
}

/** True when two sums count the same calls, whatever their order and however long they hold. */
export function countsTheSame(one: PeriodSum, other: PeriodSum): boolean {
  const [a, b] = [one, other].map(({ total, byStatus, open }) =>
    JSON.stringify([
      total,
      byStatus
        .map(({ status, count }) => [status, count] as const)
        .toSorted(([x], [y]) => (x < y ? -1 : 1)),
      open.toSorted(),
    ]),
  );
  return a === b;
}

function toList(counts: ReadonlyMap<string, number>): PeriodSum["byStatus"] {
  return [...counts].map(([status, count]) => ({ status, count }));
}
