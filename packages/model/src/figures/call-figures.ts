import type { FigureDimension } from "../query/inputs/figures-input.ts";
import type { StatsDimension } from "../query/inputs/stats-input.ts";
import { type FigureSums, mergedSums } from "./figure-sums.ts";

/** Sums over a group of calls. */
export interface FigureGroup extends FigureSums {
  /**
   * Key of the group: an hour with its offset, a day, an hour of the day from 00 to 23, or the value of the property;
   * empty for calls without one.
   */
  key: string;
  /** Name of the person, as the newest of the calls has it. */
  name?: string;
  /** First moment of an hour or a day, ISO 8601. */
  from?: string;
  /** First moment after it. */
  to?: string;
}

/** Figures of calls, or of the newest part of them. */
export interface CallFigures {
  /** How far back this answer goes, ISO 8601; null if no call was found and no beginning was asked for. */
  from: string | null;
  /** Asks for the part before this one; absent when nothing is left. */
  nextCursor?: string;
  total: FigureSums;
  /** Time in its order; others by their calls, most first. */
  groups: Partial<Record<FigureDimension, FigureGroup[]>>;
}

const IN_ORDER_OF_TIME: ReadonlySet<FigureDimension | StatsDimension> = new Set([
  "hour",
  "day",
  "hourOfDay",
]);

/** Figures of a part and of the one before it together. */
export function mergedFigures(newer: CallFigures, older: CallFigures): CallFigures {
  const dimensions = Object.keys(newer.groups) as FigureDimension[];
  const { nextCursor: _passed, ...rest } = newer;
  return {
    ...rest,
    from: older.from ?? newer.from,
    ...(older.nextCursor !== undefined && { nextCursor: older.nextCursor }),
    total: mergedSums(newer.total, older.total),
    groups: Object.fromEntries(
      dimensions.map((dimension) => [
        dimension,
        mergedGroups(dimension, newer.groups[dimension] ?? [], older.groups[dimension] ?? []),
      ]),
    ),
  };
}

function mergedGroups(
  dimension: FigureDimension,
  newer: readonly FigureGroup[],
  older: readonly FigureGroup[],
): FigureGroup[] {
  const groups = new Map(newer.map((group) => [group.key, group]));
  for (const group of older) {
    const known = groups.get(group.key);
    groups.set(group.key, known ? { ...group, ...known, ...mergedSums(known, group) } : group);
  }
  return orderedGroups(dimension, [...groups.values()]);
}

/** Groups in the order of an answer: time in its order, others by their calls. */
export function orderedGroups(
  dimension: FigureDimension | StatsDimension,
  groups: readonly FigureGroup[],
): FigureGroup[] {
  const byKey = (a: FigureGroup, b: FigureGroup) => (a.key < b.key ? -1 : 1);
  const byTime = (a: FigureGroup, b: FigureGroup) =>
    (a.from ?? "") === (b.from ?? "") ? byKey(a, b) : (a.from ?? "") < (b.from ?? "") ? -1 : 1;
  if (IN_ORDER_OF_TIME.has(dimension)) return groups.toSorted(byTime);
  return groups.toSorted((a, b) => b.calls - a.calls || byKey(a, b));
}
