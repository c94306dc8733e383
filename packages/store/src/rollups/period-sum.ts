import type { Level } from "./period.ts";
import type { PeriodSum } from "./rollup-documents.ts";

/** Most open calls that a sum may list; of a period with more, only the total is kept. */
export const MAX_OPEN: Readonly<Record<Level, number>> = { hour: 200, day: 200, month: 1000 };
/** Most different statuses that a sum may have; imports bring any text. */
const MAX_STATUSES = 100;

/** The sum over no calls. */
export const EMPTY_SUM: PeriodSum = { total: 0, byStatus: [], open: [], followed: true };

/** Releases that do not know sums of a total only take them for expired ones. */
const EXPIRED = new Date(0);

/** True until the first of the summed calls may have been deleted; never for a total only. */
export function isUsable(sum: PeriodSum | undefined, now: Date): sum is PeriodSum {
  return sum !== undefined && isBefore(now, sum.validUntil);
}

/** True while the total of a sum may be used, whether it tells statuses or not. */
export function hasTotal(sum: PeriodSum | undefined, now: Date): sum is PeriodSum {
  return sum !== undefined && isBefore(now, untilOf(sum));
}

/** How many calls there are, without their statuses: some may have changed meanwhile, or are too many to be listed. */
export function totalOnly(sum: PeriodSum): PeriodSum {
  const until = untilOf(sum);
  return {
    ...EMPTY_SUM,
    total: sum.total,
    validUntil: EXPIRED,
    totalOnly: until === undefined ? {} : { validUntil: until },
  };
}

/** What is kept for a period of this level: the sum, or its total if it would be too long. */
export function kept(sum: PeriodSum, level: Level): PeriodSum {
  const isShort = sum.open.length <= MAX_OPEN[level] && sum.byStatus.length <= MAX_STATUSES;
  return isShort ? sum : totalOnly(sum);
}

/** The sum over the calls of all of these. */
export function added(sums: readonly PeriodSum[]): PeriodSum {
  const counts = new Map<string, number>();
  for (const { status, count } of sums.flatMap(({ byStatus }) => byStatus))
    counts.set(status, (counts.get(status) ?? 0) + count);
  const untils = sums.flatMap((sum) => untilOf(sum)?.getTime() ?? []);
  const whole = {
    total: sums.reduce((all, { total }) => all + total, 0),
    byStatus: toList(counts),
    open: sums.flatMap(({ open }) => open),
    ...(sums.every(({ followed, open }) => followed || open.length === 0) && {
      followed: true as const,
    }),
    ...(untils.length > 0 && { validUntil: new Date(Math.min(...untils)) }),
  };
  return sums.some(tellsTotalOnly) ? totalOnly(whole) : whole;
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

/** True when two sums count the same calls, as far as both tell, whatever their order and however long they hold. */
export function countsTheSame(one: PeriodSum, other: PeriodSum): boolean {
  if (tellsTotalOnly(one) || tellsTotalOnly(other)) return one.total === other.total;
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

function tellsTotalOnly(sum: PeriodSum): boolean {
  return sum.totalOnly !== undefined;
}

function untilOf({ totalOnly: ofTotal, validUntil }: PeriodSum): Date | undefined {
  return ofTotal === undefined ? validUntil : ofTotal.validUntil;
}

function isBefore(now: Date, until: Date | undefined): boolean {
  return until === undefined || until > now;
}

function toList(counts: ReadonlyMap<string, number>): PeriodSum["byStatus"] {
  return [...counts].map(([status, count]) => ({ status, count }));
}
