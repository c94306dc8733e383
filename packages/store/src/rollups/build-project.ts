import type { SumPageDocument } from "../collections.ts";
import { isLater, sealHours, type Sealing } from "./build-hours.ts";
import { closePeriod, foldEnded } from "./build-period.ts";
import { createdIn } from "./created-in.ts";
import { isUsable } from "./period-sum.ts";
import { NAMED_TIMES, overlap, partsOf, periodAt, rangeOf, ROOT } from "./period.ts";
import { summedTimes } from "./plan-range.ts";

/** When and how long to sum. */
export interface SealLimits {
  /** So many calls must have come for the log to be summed on; fewer are counted one by one. */
  worthSealing: number;
  /** True when no further day is to be begun. */
  isTimeUp: () => boolean;
}

interface Plan {
  /** Where the log begins. */
  start: number;
  /** Where the log was summed until. */
  from: number;
  /** Where it is to be summed until; `from` when too few calls came since. */
  to: number;
  /** Months to look at, in their order. */
  months: string[];
}

/** Sum what is over and has no sum that can be used; false when time was up before all was done. */
export async function sealProject(sealing: Sealing, limits: SealLimits): Promise<boolean> {
  const plan = await planOf(sealing, limits.worthSealing);
  if (plan === undefined) return true;
  const { start, from, to, months } = plan;
  for (const month of months) {
    const { reached, isDone } = await sealMonth(sealing, { month, from, ...limits });
    if (isDone) continue;
    await noteProgress(sealing, start, Math.max(from, reached));
    return false;
  }
  if (to === from) return true;
  await noteProgress(sealing, start, to);
  for (const period of [ROOT, periodAt("month", to - 1), periodAt("day", to - 1)])
    await foldEnded(sealing, period);
  return true;
}

async function planOf(sealing: Sealing, worthSealing: number): Promise<Plan | undefined> {
  const { collections, pages, projectId, now, edge } = sealing;
  const [found, first] = await Promise.all([pages.read(projectId, [ROOT]), firstMonth(sealing)]);
  const root = found.get(ROOT);
  const from = root?.sealedTo?.getTime() ?? first;
  if (from === undefined || isLater(root?.blockedUntil, now)) return undefined;
  const created = { projectId, ...createdIn({ from, to: edge }) };
  const limit = { limit: worthSealing };
  const isWorth =
    edge > from && (await collections.callLogs.countDocuments(created, limit)) >= worthSealing;
  const to = isWorth ? edge : from;
  if (root?.sealedTo === undefined && !isWorth) return undefined;
  const known = summedTimes(root);
  const start = Math.min(from, first ?? from, known.to > known.from ? known.from : from);
  const months = partsOf(ROOT, overlap(NAMED_TIMES, { from: start, to })).filter(
    (month) => (isWorth && rangeOf(month).to > from) || isDue(root, month, { from, now }),
  );
  return { start, from, to, months };
}

function isDue(
  root: SumPageDocument | undefined,
  month: string,
  { from, now }: { from: number; now: Date },
): boolean {
  const blocked = root?.blocked?.[month];
  if (blocked !== undefined) return blocked <= now;
  return rangeOf(month).to <= from && !isUsable(root?.sums?.[month], now);
}

interface MonthLimits extends SealLimits {
  month: string;
  from: number;
}

async function sealMonth(
  sealing: Sealing,
  { month, from, isTimeUp }: MonthLimits,
): Promise<{ reached: number; isDone: boolean }> {
  const { pages, projectId, now, edge } = sealing;
  const page = (await pages.read(projectId, [month])).get(month);
  const days = partsOf(month, { from: 0, to: edge }).filter((day) => {
    if (isUsable(page?.sums?.[day], now)) return false;
    return rangeOf(day).to > from || !isLater(page?.blocked?.[day], now);
  });
  for (const [index, day] of days.entries()) {
    if (index > 0 && isTimeUp()) return { reached: rangeOf(day).from, isDone: false };
    await sealHours(sealing, day);
    await closePeriod(sealing, day);
  }
  await closePeriod(sealing, month);
  return { reached: Math.min(rangeOf(month).to, edge), isDone: true };
}

async function noteProgress(
  { pages, projectId }: Sealing,
  from: number,
  to: number,
): Promise<void> {
  const root = await pages.open(projectId, ROOT);
  await pages.write(root, { sealedFrom: new Date(from), sealedTo: new Date(to) });
}

async function firstMonth({ collections, projectId }: Sealing): Promise<number | undefined> {
  const first = await collections.callLogs
    .find({ projectId }, { projection: { createdAt: 1 } })
    .sort({ createdAt: 1, _id: 1 })
    .limit(1)
    .next();
  if (first === null) return undefined;
  return rangeOf(periodAt("month", Math.max(first.createdAt.getTime(), NAMED_TIMES.from))).from;
}
