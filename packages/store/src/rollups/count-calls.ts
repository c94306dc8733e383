import { type Filter, OPEN_STATUSES } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { Collections } from "../collections.ts";
import { inOneBatch } from "../queries/in-one-batch.ts";
import { scoped } from "../queries/read-scope.ts";
import { createdIn } from "./created-in.ts";
import { endedWith } from "./period-sum.ts";
import { createRememberedPlans, type CountPlan } from "./remembered-plans.ts";
import { createRollupPages, rootId } from "./rollup-pages.ts";
import { type RollupQuery, rollupQuery } from "./rollup-query.ts";

/** Counts calls exactly. */
export type CountCalls = (request: { projectId: string; query: Filter }) => Promise<number>;

/** What calls are counted in and by. */
export interface CountCallsDeps {
  collections: Pick<Collections, "callLogs" | "periodSums">;
  now: () => Date;
  /** Longest time that the database may spend on one query, in milliseconds. */
  timeLimitMs: number;
}

/** Most changed calls that are looked through; open calls are looked up one by one instead. */
const MAX_CHANGES = 2000;

/** Counting by sums over closed periods where the filter allows it, and call by call else. */
export function createCountCalls({ collections, now, timeLimitMs }: CountCallsDeps): CountCalls {
  const options = { maxTimeMS: timeLimitMs };
  const { callLogs, periodSums } = collections;
  const ofAll = createRollupPages(periodSums, { ...options, without: ["figures", "tags"] });
  const ofTags = createRollupPages(periodSums, { ...options, without: ["figures"] });
  const plans = createRememberedPlans({ ofAll, ofTags }, now);

  const countParts = (parts: readonly Part[]) => countedParts(parts, options);

  const counting = (filter: Document): Part => ({
    of: callLogs,
    pipeline: [{ $match: filter }, { $group: { _id: null, count: { $sum: 1 } } }],
  });
  // In the order of an index that has nothing else, so that it is the one that is used.
  const changesOf = (projectId: string, since: Date): Part => ({
    of: callLogs,
    pipeline: [
      { $match: { projectId, updatedAt: { $gte: since } } },
      { $sort: { updatedAt: 1, _id: 1 } },
      { $limit: MAX_CHANGES + 1 },
      { $project: { status: 1 } },
    ],
  });
  const versionOf = (projectId: string) => versionPart(periodSums, projectId);
  const gapsOf = (projectId: string, { gaps }: CountPlan, { beside }: RollupQuery) =>
    gaps.map((gap) => counting({ $and: [scoped(projectId, beside), createdIn(gap)] }));
  const openOf = (projectId: string, { sum }: CountPlan, { beside, statuses }: RollupQuery) =>
    statuses === undefined || sum.open.length === 0
      ? []
      : [counting({ $and: [{ _id: { $in: sum.open } }, scoped(projectId, beside)] })];

  /** The exact number, given a plan; undefined when its sums are not valid any more. */
  async function countBy(plan: CountPlan, search: Search, check: readonly Part[]) {
    const { projectId, asked } = search;
    const gaps = gapsOf(projectId, plan, asked);
    const followed = followedSince(plan, asked);
    if (followed !== undefined) {
      const parts = [changesOf(projectId, followed), ...gaps, ...check];
      const { count, changed, version } = await countParts(parts);
      if (check.length > 0 && version !== plan.version) return undefined;
      const ended = endedOf(plan, asked, changed);
      if (ended !== undefined) return count + ended + summedOf(plan, asked);
    }
    const { count, version } = await countParts([
      ...gaps,
      ...openOf(projectId, plan, asked),
      ...check,
    ]);
    if (check.length > 0 && version !== plan.version) return undefined;
    return count + summedOf(plan, asked);
  }

  return async ({ projectId, query }) => {
    const asked = rollupQuery(query);
    if (asked === undefined) return (await countParts([counting(scoped(projectId, query))])).count;
    const search = { projectId, asked };
    const known = plans.remembered({ projectId, ...asked });
    // The version comes last: if it is still the one of the sums, they held until then.
    const check = known?.version === undefined ? [] : [versionOf(projectId)];
    const counted = known && (await countBy(known, search, check));
    if (counted !== undefined) return counted;
    const read = await plans.read({ projectId, ...asked });
    return (await countBy(read, search, [])) ?? 0;
  };
}

/** Everything that a count needs of the database, in one command. */
async function countedParts(
  parts: readonly Part[],
  options: { maxTimeMS: number },
): Promise<PartCounts> {
  const [first, ...others] = parts;
  if (first === undefined) return { count: 0, changed: [] };
  const unions = others.map(({ of, pipeline }) => ({
    $unionWith: { coll: of.collectionName, pipeline },
  }));
  const pipeline = [...first.pipeline, ...unions];
  const command = { aggregate: first.of.collectionName, pipeline, cursor: {}, ...options };
  const found = await inOneBatch(first.of, command, () =>
    first.of.aggregate<Found>(pipeline, options).toArray(),
  );
  const versions = found.flatMap(({ version }) => version ?? []);
  return {
    count: found.reduce((all, { count = 0 }) => all + count, 0),
    changed: found.flatMap(({ _id, status }) =>
      _id !== undefined && status !== undefined ? [{ _id, status }] : [],
    ),
    ...(versions[0] !== undefined && { version: versions[0] }),
  };
}

function versionPart(periodSums: Part["of"], projectId: string): Part {
  return {
    of: periodSums,
    pipeline: [{ $match: { _id: rootId(projectId) } }, { $project: { version: 1 } }],
  };
}

interface Search {
  projectId: string;
  asked: RollupQuery;
}

/**
 * Since when calls that have ended are looked for among those that were changed; undefined where the open calls
 * themselves have to be looked at, because open statuses are asked for or a sum is of an older version.
 */
function followedSince(
  { sum, changesSince }: CountPlan,
  { statuses }: RollupQuery,
): Date | undefined {
  if (statuses === undefined || sum.open.length === 0 || sum.followed === undefined)
    return undefined;
  return OPEN_STATUSES.some((status) => statuses(status)) ? undefined : changesSince;
}

/** How many of the open calls of a sum have ended as asked; undefined when too many were changed to tell. */
function endedOf(
  { sum }: CountPlan,
  { statuses }: RollupQuery,
  changed: readonly Changed[],
): number | undefined {
  if (changed.length > MAX_CHANGES) return undefined;
  const open = new Set(sum.open);
  return changed.filter(({ _id, status }) => open.has(_id) && statuses?.(status)).length;
}

/** A part of what is asked for: what a pipeline makes of a collection. */
interface Part {
  of: Pick<Collection, "aggregate" | "collectionName" | "db">;
  pipeline: Document[];
}

interface Changed {
  _id: string;
  status: string;
}

interface Found extends Partial<Changed> {
  count?: number;
  version?: string;
}

interface PartCounts {
  count: number;
  changed: Changed[];
  /** Of the page of the whole log; absent when it was not asked for, or is not there. */
  version?: string;
}

function summedOf({ sum }: CountPlan, { statuses }: RollupQuery): number {
  return statuses === undefined ? sum.total : endedWith(sum, statuses);
}
