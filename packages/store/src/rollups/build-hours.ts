import type { Collections } from "../collections.ts";
import { createdIn } from "./created-in.ts";
import { EMPTY_SUM, hasTotal, isUsable, kept } from "./period-sum.ts";
import { overlap, partsOf, rangeOf, ROOT, type TimeRange } from "./period.ts";
import type { PeriodSum } from "./rollup-documents.ts";
import type { RollupPages } from "./rollup-pages.ts";
import { isFresh, RETRY_AFTER_MS } from "./rollup-times.ts";
import { scanCalls } from "./scan-calls.ts";

/** One run that sums a project's calls. */
export interface RollupBuild {
  collections: Pick<Collections, "callLogs" | "projects" | "periodSums">;
  pages: RollupPages;
  projectId: string;
  now: Date;
  /** The time as it is then. */
  clock: () => Date;
  /** End of the last hour to sum, in milliseconds since 1970. */
  edge: number;
}

/** Most calls that are scanned at once, lest one scan takes too long; an hour is always one scan. */
const SCAN_AT_ONCE = 20_000;
/** Shortest validity for which a sum is worth writing, in milliseconds. */
const SHORTEST_USE_MS = 3_600_000;

/** Sum the past hours of a day that have no valid sum. Hours that can't be summed by status are looked at again later. */
export async function buildHours(build: RollupBuild, day: string): Promise<void> {
  const { pages, projectId, now, edge } = build;
  const page = await pages.open(projectId, day);
  const { sums = {}, blocked = {} } = page;
  const hours = partsOf(day, { from: 0, to: edge }).filter(
    (hour) => !isUsable(sums[hour], now) && !isLater(blocked[hour], now),
  );
  if (hours.length === 0) return;
  // The settings are read after the page, and what they were written around after that: see `invalidateProject`.
  if (await isBlocked(build, rangeOf(day))) {
    const soon = Object.fromEntries(hours.map((hour) => [hour, now]));
    await pages.write(page, { blocked: soon });
    return;
  }
  const range = { from: rangeOf(hours[0]!).from, to: rangeOf(hours.at(-1)!).to };
  const beganAt = performance.now();
  const found = await scanInParts(build, range);
  if (!isFresh(beganAt)) return;
  const enough = new Date(now.getTime() + SHORTEST_USE_MS);
  const made = hours.map((hour) => [hour, kept(found.get(hour) ?? EMPTY_SUM, "hour")] as const);
  const later = new Date(now.getTime() + RETRY_AFTER_MS);
  await pages.write(page, {
    sums: Object.fromEntries(made.filter(([, sum]) => hasTotal(sum, enough))),
    blocked: Object.fromEntries(
      made.map(([hour, sum]) => [hour, isUsable(sum, enough) ? undefined : later]),
    ),
  });
}

/** True for a time that has not come yet. */
export function isLater(time: Date | undefined, now: Date): boolean {
  return time !== undefined && time > now;
}

/** True while nothing of a range may be summed: calls are being written to it, or the retention has just changed. */
export async function isBlocked(
  { pages, projectId, now }: Pick<RollupBuild, "pages" | "projectId" | "now">,
  { from, to }: TimeRange,
): Promise<boolean> {
  const root = (await pages.read(projectId, [ROOT])).get(ROOT);
  const isWritten = Object.values(root?.writing ?? {}).some(
    (batch) => isLater(batch.until, now) && batch.from.getTime() < to && batch.to.getTime() >= from,
  );
  return isWritten || isLater(root?.blockedUntil, now);
}

/** The sums of the hours of a range within one day, as the calls are now; see `scanCalls`. */
export async function scanInParts(
  build: RollupBuild,
  range: TimeRange,
): Promise<Map<string, PeriodSum>> {
  const { collections, projectId, now } = build;
  const { callLogs, projects } = collections;
  const project = await projects.findOne({ _id: projectId }, { projection: { retentionDays: 1 } });
  const scan = (part: TimeRange) =>
    scanCalls(callLogs, { projectId, range: part, retentionDays: project?.retentionDays, now });
  const calls = await callLogs.countDocuments(
    { projectId, ...createdIn(range) },
    { limit: SCAN_AT_ONCE + 1 },
  );
  if (calls <= SCAN_AT_ONCE) return scan(range);
  const found = new Map<string, PeriodSum>();
  for (const hour of hoursOf(range))
    for (const [name, sum] of await scan(rangeOf(hour))) found.set(name, sum);
  return found;
}

function hoursOf(range: TimeRange): string[] {
  const day = new Date(range.from).toISOString().slice(0, 10);
  return partsOf(day, overlap(rangeOf(day), range));
}
