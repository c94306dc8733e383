import type { Filter } from "@call-log/model";
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

/** Counting by sums over closed periods where the filter allows it, and call by call else. */
export function createCountCalls({ collections, now, timeLimitMs }: CountCallsDeps): CountCalls {
  const options = { maxTimeMS: timeLimitMs };
  const plans = createRememberedPlans(createRollupPages(collections.periodSums, options), now);
  const { callLogs, periodSums } = collections;

  /** Everything that a count needs of the database, in one command. */
  async function countParts(parts: readonly Part[]): Promise<PartCounts> {
    const [first, ...others] = parts;
    if (first === undefined) return { count: 0 };
    const unions = others.map(({ of, pipeline }) => ({
      $unionWith: { coll: of.collectionName, pipeline },
    }));
    const pipeline = [...first.pipeline, ...unions];
    const command = { aggregate: first.of.collectionName, pipeline, cursor: {}, ...options };
    const found = await inOneBatch(first.of, command, () =>
      first.of.aggregate<Partial<PartCounts>>(pipeline, options).toArray(),
    );
    const versions = found.flatMap(({ version }) => version ?? []);
    return {
      count: found.reduce((all, { count = 0 }) => all + count, 0),
      ...(versions[0] !== undefined && { version: versions[0] }),
    };
  }

  const counting = (filter: Document): Part => ({
    of: callLogs,
    pipeline: [{ $match: filter }, { $group: { _id: null, count: { $sum: 1 } } }],
  });
  const versionOf = (projectId: string): Part => ({
    of: periodSums,
    pipeline: [{ $match: { _id: rootId(projectId) } }, { $project: { version: 1 } }],
  });
  const gapsOf = (projectId: string, { gaps }: CountPlan, { onStatus }: RollupQuery) =>
    gaps.map((gap) => counting({ $and: [scoped(projectId, onStatus), createdIn(gap)] }));
  const openOf = (projectId: string, { sum }: CountPlan, { onStatus, statuses }: RollupQuery) =>
    statuses === undefined || sum.open.length === 0
      ? []
      : [counting({ $and: [{ _id: { $in: sum.open } }, scoped(projectId, onStatus)] })];

  return async ({ projectId, query }) => {
    const asked = rollupQuery(query);
    if (asked === undefined) return (await countParts([counting(scoped(projectId, query))])).count;
    const partsOf = (plan: CountPlan) => [
      ...gapsOf(projectId, plan, asked),
      ...openOf(projectId, plan, asked),
    ];
    const known = plans.remembered(projectId, asked.range);
    if (known !== undefined) {
      const check = known.version === undefined ? [] : [versionOf(projectId)];
      // The version comes last: if it is still the one of the sums, they held until then.
      const { count, version } = await countParts([...partsOf(known), ...check]);
      if (version === known.version) return count + summedOf(known, asked);
    }
    const read = await plans.read(projectId, asked.range);
    return (await countParts(partsOf(read))).count + summedOf(read, asked);
  };
}

/** A part of what is asked for: what a pipeline makes of a collection. */
interface Part {
  of: Pick<Collection, "aggregate" | "collectionName" | "db">;
  pipeline: Document[];
}

interface PartCounts {
  count: number;
  /** Of the page of the whole log; absent when it was not asked for, or is not there. */
  version?: string;
}

function summedOf({ sum }: CountPlan, { statuses }: RollupQuery): number {
  return statuses === undefined ? sum.total : endedWith(sum, statuses);
}
