import type { FigureDimension, FigureSums, StatsDimension, StatsQuery } from "@call-log/model";

import { figureQuery } from "../rollups/index.ts";
import type { CallStats, CallSums } from "./call-sums.ts";
import { type FiguresLimits, readFigures } from "./figures/read-figures.ts";
import type { ReadCalls } from "./figures/read-window.ts";

/** Most groups of a dimension in an answer. */
export const MAX_GROUPS = 400;

const MICRO_PER_CENT = 10_000;

/**
 * Sums over the calls of a project from kept figures; undefined where there are none, for a question that they do not
 * answer, and when too many calls would have to be read beside them. Tags are left out.
 */
export async function readKeptStats(
  calls: ReadCalls,
  request: { projectId: string } & StatsQuery,
  limits: FiguresLimits,
): Promise<CallStats | undefined> {
  const { projectId, query, timeZone } = request;
  if (figureQuery(query) === undefined) return undefined;
  const log = await limits.openLog?.(projectId);
  if (log === undefined) return undefined;
  const by = request.by.filter(isKept);
  const asked = { projectId, query, by, timeZone };
  const opened = { ...limits, openLog: () => Promise.resolve(log) };
  const { total, groups, nextCursor } = await readFigures(calls, asked, opened);
  if (nextCursor !== undefined) return undefined;
  return {
    total: toSums(total),
    groups: Object.fromEntries(
      by.map((dimension) => {
        const all = groups[dimension] ?? [];
        const most = dimension === "day" ? all.slice(-MAX_GROUPS) : all.slice(0, MAX_GROUPS);
        return [dimension, most.map(({ key, ...sums }) => ({ key, ...toSums(sums) }))];
      }),
    ),
  };
}

function isKept(dimension: StatsDimension): dimension is StatsDimension & FigureDimension {
  return dimension !== "tag";
}

function toSums({ calls, attempts, costInMicroUSD, pricesPending }: FigureSums): CallSums {
  return { calls, attempts, costInUSDCents: costInMicroUSD / MICRO_PER_CENT, pricesPending };
}
