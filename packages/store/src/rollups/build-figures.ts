import { isBlocked, isLater, type RollupBuild } from "./build-hours.ts";
import { followChanges, dropSettled } from "./follow-changes.ts";
import { areKeepable, areUsable, mergedPeriods } from "./period-figures.ts";
import { hasTotal } from "./period-sum.ts";
import { mergedTags, usableTags } from "./period-tags.ts";
import {
  isEmpty,
  levelOf,
  overlap,
  parentOf,
  partsOf,
  periodAt,
  rangeOf,
  ROOT,
  type TimeRange,
} from "./period.ts";
import { builtRange } from "./plan-range.ts";
import type { PeriodFigures, PeriodTagFigures, RollupPageDocument } from "./rollup-documents.ts";
import { isFresh, RETRY_AFTER_MS } from "./rollup-times.ts";
import { emptyHour, scanFigures } from "./scan-figures.ts";
import { mergedTagFigures, tagFiguresBeside } from "./tag-figures.ts";

/** Make the figures and tags of what is summed where they are missing; false when the time ran out first. */
export async function buildFigures(build: RollupBuild, isTimeUp: () => boolean): Promise<boolean> {
  const { pages, projectId, now } = build;
  const root = (await pages.read(projectId, [ROOT])).get(ROOT);
  const summed = builtRange(root);
  if (root === undefined || isEmpty(summed) || isLater(root.blockedUntil, now)) return true;
  const settledBefore = await followChanges(build, root, summed);
  if (settledBefore === undefined) return true;
  const last = summed.to - 1;
  const periods = [ROOT, periodAt("month", last), periodAt("day", last)];
  await dropSettled(build, root, { periods, settledBefore });
  const known = (await pages.read(projectId, [ROOT])).get(ROOT);
  let isFirst = true;
  const mayBegin = () => {
    const may = isFirst || !isTimeUp();
    isFirst = false;
    return may;
  };
  for (const month of partsOf(ROOT, summed)) {
    if (isDone(known, month, now)) continue;
    if (!(await buildMonth(build, { month, summed, settledBefore, mayBegin }))) return false;
  }
  return true;
}

/** True for a part with figures, also by tag, and with tags beside its sum; and for one that is tried again later. */
function isDone(page: RollupPageDocument | undefined, part: string, now: Date): boolean {
  if (isLater(page?.figuresBlocked?.[part], now)) return true;
  const isCounted = !hasTotal(page?.sums?.[part], now) || usableTags(page, part, now) !== undefined;
  const isByTag = tagFiguresBeside(page, part) !== undefined;
  return isCounted && isByTag && areUsable(page?.figures?.[part], now);
}

interface Task {
  summed: TimeRange;
  /** Calls that were changed later are listed as unsettled. */
  settledBefore: Date;
}

interface MonthTask extends Task {
  month: string;
  /** True when one more day may be begun. */
  mayBegin: () => boolean;
}

async function buildMonth(
  build: RollupBuild,
  { month, mayBegin, ...task }: MonthTask,
): Promise<boolean> {
  const { pages, projectId, now } = build;
  const { summed } = task;
  const page = (await pages.read(projectId, [month])).get(month);
  let isMade = true;
  for (const day of partsOf(month, summed)) {
    if (isDone(page, day, now)) continue;
    if (!mayBegin()) return false;
    const isDayMade = await buildDay(build, day, task);
    if (isDayMade && rangeOf(day).to <= summed.to) await buildWhole(build, day);
    isMade &&= isDayMade;
  }
  if (isMade && rangeOf(month).to <= summed.to) await buildWhole(build, month);
  return true;
}

/** The figures and tags of a day's hours; false when they have to be made by a later round. */
async function buildDay(
  build: RollupBuild,
  day: string,
  { summed, settledBefore }: Task,
): Promise<boolean> {
  const { collections, pages, projectId, clock } = build;
  const beganAt = performance.now();
  const page = await pages.open(projectId, day);
  const now = clock();
  const hours = partsOf(day, summed).filter((hour) => !isDone(page, hour, now));
  if (hours.length === 0) return true;
  if (await isBlocked(build, rangeOf(day))) return false;
  const { projects, callLogs } = collections;
  const project = await projects.findOne({ _id: projectId }, { projection: { retentionDays: 1 } });
  const range = { from: rangeOf(hours[0]!).from, to: rangeOf(hours.at(-1)!).to };
  const found = await scanFigures(callLogs, {
    projectId,
    range: overlap(range, summed),
    retentionDays: project?.retentionDays,
    now,
    settledBefore,
  });
  if (!isFresh(beganAt)) return false;
  const made = hours.map((hour) => [hour, found.get(hour) ?? emptyHour(now)] as const);
  return pages.write(page, {
    ...divided(made, now),
    tags: Object.fromEntries(made.map(([hour, { tags }]) => [hour, tags])),
  });
}

/** What is made of a period, in total and by tag. */
interface MadeFigures {
  figures: PeriodFigures;
  tagFigures: PeriodTagFigures | undefined;
}

/** Those that can be kept, and when to try the others again. */
function divided(made: readonly (readonly [string, MadeFigures | undefined])[], now: Date) {
  const kept = new Map(
    made.flatMap(([part, one]) =>
      one !== undefined && areKeepable(one.figures, levelOf(part)) ? [[part, one] as const] : [],
    ),
  );
  const later = new Date(now.getTime() + RETRY_AFTER_MS);
  return {
    figures: Object.fromEntries([...kept].map(([part, { figures }]) => [part, figures])),
    tagFigures: Object.fromEntries(made.map(([part]) => [part, kept.get(part)?.tagFigures])),
    figuresBlocked: Object.fromEntries(
      made.map(([part]) => [part, kept.has(part) ? undefined : later]),
    ),
  };
}

// Read in the opposite order of their removal, so that nothing outlives what it was made of.
async function buildWhole(build: RollupBuild, period: string): Promise<void> {
  const { pages, projectId, now } = build;
  const parent = await pages.open(projectId, parentOf(period));
  const page = (await pages.read(projectId, [period])).get(period);
  const parts = partsOf(period, rangeOf(period));
  const tags = parts.flatMap((part) => usableTags(page, part, now) ?? []);
  await pages.write(parent, {
    ...divided([[period, wholeOf(build, period, page)]], now),
    tags: {
      [period]: tags.length < parts.length ? undefined : mergedTags(tags, levelOf(period)),
    },
  });
}

/** The figures of a period's parts together; undefined when some are missing. */
function wholeOf(
  { now, clock }: RollupBuild,
  period: string,
  page: RollupPageDocument | undefined,
): MadeFigures | undefined {
  const parts = partsOf(period, rangeOf(period));
  const figures = parts.map((part) => page?.figures?.[part]).filter((one) => areUsable(one, now));
  if (figures.length < parts.length) return undefined;
  const byTag = parts.flatMap((part) => tagFiguresBeside(page, part) ?? []);
  const [level, asOf] = [levelOf(period), clock()];
  return {
    figures: mergedPeriods(figures, asOf),
    tagFigures: byTag.length < parts.length ? undefined : mergedTagFigures(byTag, { level, asOf }),
  };
}
