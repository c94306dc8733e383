import { isLater, buildHours, type RollupBuild } from "./build-hours.ts";
import { buildPeriod, foldEnded } from "./build-period.ts";
import { createdIn } from "./created-in.ts";
import { isUsable } from "./period-sum.ts";
import { NAMED_TIMES, overlap, partsOf, periodAt, rangeOf, ROOT } from "./period.ts";
import { builtRange } from "./plan-range.ts";
import type { RollupPageDocument } from "./rollup-documents.ts";

/** When and how long to sum. */
export interface BuildLimits {
  /** New calls needed before more of the log is summed; fewer are counted one by one. */
  minNewCalls: number;
  /** True when no further day may be begun. */
  isTimeUp: () => boolean;
}

interface Plan {
  /** Where the log begins. */
  start: number;
  /** End of the summed part of the log. */
  from: number;
  /** Where to sum up to; `from` when too few calls came since. */
  to: number;
  /** Months to check, in order. */
  months: string[];
}

/** Sum past periods that have no valid sum; false when the time ran out first. */
export async function buildProject(build: RollupBuild, limits: BuildLimits): Promise<boolean> {
  const plan = await planOf(build, limits.minNewCalls);
  if (plan === undefined) return true;
  const { start, from, to, months } = plan;
  for (const month of months) {
    const { reached, isDone } = await buildMonth(build, { month, from, ...limits });
    if (isDone) continue;
    await noteProgress(build, start, Math.max(from, reached));
    return false;
  }
  if (to === from) return true;
  await noteProgress(build, start, to);
  for (const period of [ROOT, periodAt("month", to - 1), periodAt("day", to - 1)])
    await foldEnded(build, period);
  return true;
}

async function planOf(build: RollupBuild, minNewCalls: number): Promise<Plan | undefined> {
  const { collections, pages, projectId, now, edge } = build;
  const [found, first] = await Promise.all([pages.read(projectId, [ROOT]), firstMonth(build)]);
  const root = found.get(ROOT);
  const from = root?.sealedTo?.getTime() ?? first;
  if (from === undefined || isLater(root?.blockedUntil, now)) return undefined;
  const created = { projectId, ...createdIn({ from, to: edge }) };
  const limit = { limit: minNewCalls };
  const isWorth =
    edge > from && (await collections.callLogs.countDocuments(created, limit)) >= minNewCalls;
  const to = isWorth ? edge : from;
  if (root?.sealedTo === undefined && !isWorth) return undefined;
  const known = builtRange(root);
  const start = Math.min(from, first ?? from, known.to > known.from ? known.from : from);
  const months = partsOf(ROOT, overlap(NAMED_TIMES, { from: start, to })).filter(
    (month) => (isWorth && rangeOf(month).to > from) || isDue(root, month, { from, now }),
  );
  return { start, from, to, months };
}

function isDue(
  root: RollupPageDocument | undefined,
  month: string,
  { from, now }: { from: number; now: Date },
): boolean {
  const blocked = root?.blocked?.[month];
  if (blocked !== undefined) return blocked <= now;
  return rangeOf(month).to <= from && !isUsable(root?.sums?.[month], now);
}

interface MonthLimits extends BuildLimits {
  month: string;
  from: number;
}

async function buildMonth(
  build: RollupBuild,
  { month, from, isTimeUp }: MonthLimits,
): Promise<{ reached: number; isDone: boolean }> {
  const { pages, projectId, now, edge } = build;
  const page = (await pages.read(projectId, [month])).get(month);
  const days = partsOf(month, { from: 0, to: edge }).filter((day) => {
    if (isUsable(page?.sums?.[day], now)) return false;
    return rangeOf(day).to > from || !isLater(page?.blocked?.[day], now);
  });
  for (const [index, day] of days.entries()) {
    if (index > 0 && isTimeUp()) return { reached: rangeOf(day).from, isDone: false };
    await buildHours(build, day);
    await buildPeriod(build, day);
  }
  await buildPeriod(build, month);
  return { reached: Math.min(rangeOf(month).to, edge), isDone: true };
}

async function noteProgress(
  { pages, projectId }: RollupBuild,
  from: number,
  to: number,
): Promise<void> {
  const root = await pages.open(projectId, ROOT);
  await pages.write(root, { sealedFrom: new Date(from), sealedTo: new Date(to) });
}

async function firstMonth({ collections, projectId }: RollupBuild): Promise<number | undefined> {
  const first = await collections.callLogs
    .find({ projectId }, { projection: { createdAt: 1 } })
    .sort({ createdAt: 1, _id: 1 })
    .limit(1)
    .next();
  if (first === null) return undefined;
  return rangeOf(periodAt("month", Math.max(first.createdAt.getTime(), NAMED_TIMES.from))).from;
}
