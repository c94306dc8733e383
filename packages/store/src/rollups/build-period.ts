import { isFinalStatus } from "@call-log/model";

import type { RollupBuild } from "./build-hours.ts";
import { added, folded, hasTotal, isUsable, kept } from "./period-sum.ts";
import { levelOf, NAMED_TIMES, parentOf, partsOf, rangeOf } from "./period.ts";
import type { PeriodSum, RollupPageDocument } from "./rollup-documents.ts";
import type { RollupPages } from "./rollup-pages.ts";
import { isFresh, RETRY_AFTER_MS } from "./rollup-times.ts";

/**
 * Write the sum of a day or month, made of those of its parts, to the page that it is part of; or when to look at it
 * again.
 */
export async function buildPeriod(build: RollupBuild, period: string): Promise<void> {
  const { pages, projectId, now, edge } = build;
  // Read in the opposite order of `invalidate`, so that no sum of parts outlives what it was made of.
  const beganAt = performance.now();
  const parent = await pages.open(projectId, parentOf(period));
  const page = (await pages.read(projectId, [period])).get(period);
  const again = nextLook(page, edge);
  const isOver = rangeOf(period).to <= edge;
  const sum = isOver ? await sumOfParts(build, period, page) : undefined;
  const isMade = sum !== undefined && isFresh(beganAt);
  const later =
    isOver && !(isMade && isUsable(sum, now))
      ? new Date(now.getTime() + RETRY_AFTER_MS)
      : undefined;
  await pages.write(parent, {
    ...(isMade && { sums: { [period]: sum } }),
    blocked: { [period]: again ?? later },
  });
}

/** Put calls that a page lists as open under the statuses that they ended with since. */
export async function foldEnded(build: RollupBuild, period: string): Promise<void> {
  const { pages, projectId } = build;
  const beganAt = performance.now();
  const page = (await pages.read(projectId, [period])).get(period);
  const listing = Object.entries(page?.sums ?? {}).filter(([, { open }]) => open.length > 0);
  if (page === undefined || listing.length === 0) return;
  const ended = await endedOf(
    build,
    listing.flatMap(([, { open }]) => open),
  );
  const changed = listing.filter(
    ([, { open, followed }]) => followed === undefined || open.some((id) => ended.has(id)),
  );
  if (changed.length === 0 || !isFresh(beganAt)) return;
  const sums = changed.map(([part, sum]) => [part, { ...folded(sum, ended), followed }] as const);
  await pages.write(page, { sums: Object.fromEntries(sums), isRenewed: true });
}

const followed = true as const;

/** Put these calls under the statuses that they ended with, where a page lists them as open. */
export async function foldInto(
  pages: RollupPages,
  page: RollupPageDocument,
  ended: ReadonlyMap<string, string>,
): Promise<boolean> {
  const changed = Object.entries(page.sums ?? {}).filter(([, { open }]) =>
    open.some((id) => ended.has(id)),
  );
  if (changed.length === 0) return true;
  const sums = Object.fromEntries(changed.map(([part, sum]) => [part, folded(sum, ended)]));
  return pages.write(page, { sums, isRenewed: true });
}

// Parts in the future are left out.
function nextLook(page: RollupPageDocument | undefined, edge: number): Date | undefined {
  const times = Object.entries(page?.blocked ?? {}).flatMap(([part, time]) =>
    rangeOf(part).from < edge ? [time.getTime()] : [],
  );
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}

async function sumOfParts(
  build: RollupBuild,
  period: string,
  page: RollupPageDocument | undefined,
): Promise<PeriodSum | undefined> {
  const sums = partsOf(period, NAMED_TIMES).map((part) => page?.sums?.[part]);
  const usable = sums.filter((sum) => hasTotal(sum, build.now));
  if (usable.length < sums.length) return undefined;
  const sum = added(usable);
  const whole = { ...folded(sum, await endedOf(build, sum.open)), followed };
  return kept(whole, levelOf(period));
}

/** The statuses of those of these calls that have ended, by id; they never change any more. */
export async function endedOf(
  { collections }: RollupBuild,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await collections.callLogs
    .find({ _id: { $in: [...ids] } }, { projection: { status: 1 } })
    .toArray();
  return new Map(
    found.flatMap(({ _id, status }) => (isFinalStatus(status) ? [[_id, status] as const] : [])),
  );
}
