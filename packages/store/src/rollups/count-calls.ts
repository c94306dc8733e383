import { type Filter, isFinalStatus } from "@call-log/model";

import type { Collections } from "../collections.ts";
import { scoped } from "../queries/read-scope.ts";
import { countByFigures } from "./count-by-figures.ts";
import {
  type Changed,
  changesOf,
  countedParts,
  counting,
  listed,
  MAX_CHANGES,
  type Part,
  versionOf,
} from "./count-parts.ts";
import { createdIn } from "./created-in.ts";
import type { OpenFigureLog } from "./figure-log.ts";
import { endedWith } from "./period-sum.ts";
import { createRememberedPlans, type CountPlan } from "./remembered-plans.ts";
import type { PeriodSum } from "./rollup-documents.ts";
import { createRollupPages } from "./rollup-pages.ts";
import { type RollupQuery, rollupQuery } from "./rollup-query.ts";

/** Counts calls exactly. */
export type CountCalls = (request: { projectId: string; query: Filter }) => Promise<number>;

/** What calls are counted in and by. */
export interface CountCallsDeps {
  collections: Pick<Collections, "callLogs" | "periodSums">;
  now: () => Date;
  /** Kept figures, for what sums do not answer. */
  openLog: OpenFigureLog;
  /** Longest time that the database may spend on one query, in milliseconds. */
  timeLimitMs: number;
}

/** No condition. */
const NOTHING: Filter = { kind: "and", filters: [] };

/** Counting by sums or figures of closed periods where the filter allows it, and call by call else. */
export function createCountCalls({
  collections,
  now,
  openLog,
  timeLimitMs,
}: CountCallsDeps): CountCalls {
  const options = { maxTimeMS: timeLimitMs };
  const { callLogs, periodSums } = collections;
  const ofAll = createRollupPages(periodSums, {
    ...options,
    without: ["figures", "tags", "tagFigures"],
  });
  const ofTags = createRollupPages(periodSums, { ...options, without: ["figures", "tagFigures"] });
  const plans = createRememberedPlans({ ofAll, ofTags }, now);

  const ofFigures = { callLogs, openLog, ...options };
  const countParts = (parts: readonly Part[]) => countedParts(parts, options);

  /** The exact number, given a plan; undefined when its sums are not valid any more. */
  async function countBy(plan: CountPlan, search: Search, check: readonly Part[]) {
    const { projectId, asked } = search;
    const rest = [...restOf(callLogs, plan, search), ...check];
    const isListing = asked.named !== undefined && plan.sum.open.length > 0;
    const since = isListing && plan.sum.followed ? plan.changesSince : undefined;
    const changes = since && (await countParts([changesOf(callLogs, projectId, since), ...rest]));
    const isKnown = changes !== undefined && changes.changed.length <= MAX_CHANGES;
    const open = isListing ? [listed(callLogs, projectId, plan.sum.open)] : [];
    const found = isKnown ? changes : await countParts([...open, ...rest]);
    if (check.length > 0 && found.version !== plan.version) return undefined;
    return found.count + summedOf(plan.sum, asked, found.changed);
  }

  async function countAsked(search: Search): Promise<number> {
    const { projectId, asked } = search;
    const counted = { projectId, ...asked, byStatus: asked.named !== undefined };
    const remembered = plans.remembered(counted);
    if (remembered !== undefined) {
      const known = await remembered;
      // The version comes last: if it is still the one of the sums, they held until then.
      const check = known.version === undefined ? [] : [versionOf(periodSums, projectId)];
      const number = await countBy(known, search, check);
      if (number !== undefined) return number;
    }
    return (await countBy(await plans.read(counted), search, [])) ?? 0;
  }

  return async ({ projectId, query }) => {
    const asked = rollupQuery(query);
    const plainly = async () =>
      (await countParts([counting(callLogs, scoped(projectId, query))])).count;
    if (asked === undefined)
      return (await countByFigures(ofFigures, { projectId, query })) ?? plainly();
    // Open calls are few, and an index has them by status.
    if (asked.named?.every((status) => !isFinalStatus(status))) return plainly();
    const { range, excluded, ...others } = asked;
    if (excluded === undefined) return countAsked({ projectId, asked: { range, ...others } });
    const [all, rest] = await Promise.all([
      countAsked({ projectId, asked: { range, beside: NOTHING } }),
      countAsked({ projectId, asked: { range, beside: NOTHING, named: excluded } }),
    ]);
    return all - rest;
  };
}

/** What can be counted by sums at once. */
type Asked = Pick<RollupQuery, "range" | "beside" | "tag" | "named">;

interface Search {
  projectId: string;
  asked: Asked;
}

/** What sums do not tell: the gaps between them, and calls with open statuses, which an index has. */
function restOf(
  callLogs: Collections["callLogs"],
  { gaps }: CountPlan,
  { projectId, asked }: Search,
): Part[] {
  const { beside, named, range } = asked;
  const matching = named
    ? { projectId, status: { $in: named.filter(isFinalStatus) } }
    : scoped(projectId, beside);
  const inGaps = gaps.map((gap) => counting(callLogs, { $and: [matching, createdIn(gap)] }));
  const open = named?.filter((status) => !isFinalStatus(status)) ?? [];
  if (open.length === 0) return inGaps;
  return [counting(callLogs, { projectId, status: { $in: open }, ...createdIn(range) }), ...inGaps];
}

/**
 * How many of the summed calls are asked for, given the present statuses of those that were open; of statuses, only ended
 * calls are in sums.
 */
function summedOf(sum: PeriodSum, { named }: Asked, present: readonly Changed[]): number {
  if (named === undefined) return sum.total;
  const [asked, open] = [new Set(named.filter(isFinalStatus)), new Set(sum.open)];
  const since = present.filter(({ _id, status }) => open.has(_id) && asked.has(status));
  return endedWith(sum, (status) => asked.has(status)) + since.length;
}
