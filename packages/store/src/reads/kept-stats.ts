import {
  type CallStats,
  type FigureGroup,
  isOfTime,
  type StatsDimension,
  type StatsGroup,
  type StatsQuery,
  statsSums,
} from "@call-log/model";

import { keptByTag, keptFor } from "../rollups/index.ts";
import { figureFold } from "./figures/figure-fold.ts";
import { readFigures } from "./figures/read-figures.ts";
import { type FiguresLimits, readPart } from "./figures/read-part.ts";
import type { ReadCalls } from "./figures/read-window.ts";

/** Most groups of a dimension in an answer. */
export const MAX_GROUPS = 400;

/** Sums over the newest of the calls of a project: as many as one answer may read, with a cursor for the rest. */
export async function readStatsPart(
  calls: ReadCalls,
  request: { projectId: string } & StatsQuery,
  limits: FiguresLimits,
): Promise<CallStats> {
  const { total, groups, ...part } = await readFigures(calls, request, limits);
  const by = request.by.map((dimension) => [dimension, (groups[dimension] ?? []).map(statsGroup)]);
  return { ...part, total: statsSums(total), groups: Object.fromEntries(by) };
}

/** Most calls that are read beside kept figures by tag; an aggregation reads more of them sooner. */
const MAX_CALLS_BESIDE = 10_000;

/**
 * Sums over the calls of a project from kept figures; undefined where there are none, for a question that they do not
 * answer, and when too many calls would have to be read beside them. Groups by tag are told if every tag is.
 */
export async function readKeptStats(
  calls: ReadCalls,
  request: { projectId: string } & StatsQuery,
  limits: FiguresLimits,
): Promise<CallStats | undefined> {
  const kept = await keptFor(request, limits);
  if (kept === undefined) return undefined;
  const by = request.by.filter((dimension) => dimension !== "tag");
  const opened = { ...limits, openLog: () => Promise.resolve(kept.log) };
  const [{ total, groups, nextCursor }, tags] = await Promise.all([
    readStatsPart(calls, { ...request, by }, opened),
    request.by.includes("tag") ? readKeptTags(calls, request, limits) : undefined,
  ]);
  if (nextCursor !== undefined) return undefined;
  const most = by.map((dimension) => [dimension, mostOf(dimension, groups[dimension] ?? [])]);
  return { total, groups: { ...Object.fromEntries(most), ...(tags && { tag: tags }) } };
}

// By themselves: a call counts once in the total, and once for each of its tags.
async function readKeptTags(
  calls: ReadCalls,
  request: { projectId: string } & StatsQuery,
  limits: FiguresLimits,
): Promise<readonly StatsGroup[] | undefined> {
  const kept = await keptByTag(request, limits);
  if (kept === undefined) return undefined;
  const fold = figureFold(["tag"], request.timeZone);
  const few = { ...limits, calls: MAX_CALLS_BESIDE };
  const left = await readPart({ calls, request, limits: few, fold }, kept, {});
  if (left !== undefined) return undefined;
  return mostOf("tag", (fold.result().groups.tag ?? []).map(statsGroup));
}

function mostOf(dimension: StatsDimension, groups: readonly StatsGroup[]): readonly StatsGroup[] {
  return isOfTime(dimension) ? groups.slice(-MAX_GROUPS) : groups.slice(0, MAX_GROUPS);
}

function statsGroup({ key, ...sums }: FigureGroup): StatsGroup {
  return { key, ...statsSums(sums) };
}
