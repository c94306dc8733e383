import {
  addSums,
  type FigureGroup,
  type FigureSums,
  noSums,
  orderedGroups,
  sumsOfCall,
} from "@call-log/model";

import { factsReader, FIGURE_FIELDS, type TimeRange } from "../../rollups/index.ts";
import type { CallFold } from "./call-fold.ts";
import {
  figureGroupings,
  type GroupedCall,
  type GroupNames,
  type SumDimension,
} from "./figure-keys.ts";

/** Figures that grow. */
export interface FigureFold<Dimension extends SumDimension> extends CallFold {
  /** True if kept figures tell all that is grouped by. */
  isKept: boolean;
  /** When the oldest of the calls that were counted one by one was created. */
  oldest(): Date | undefined;
  /** The oldest range whose calls were added by kept figures. */
  oldestRange(): TimeRange | undefined;
  result(): { total: FigureSums; groups: Partial<Record<Dimension, FigureGroup[]>> };
}

interface Group {
  names: GroupNames;
  sums: FigureSums;
}

/** Sums over calls, in total and by these dimensions. */
export function figureFold<Dimension extends SumDimension>(
  by: readonly Dimension[],
  timeZone: string,
): FigureFold<Dimension> {
  const groupings = figureGroupings(timeZone);
  const factsOf = factsReader();
  const total = noSums();
  let count = 0;
  let oldest: Date | undefined;
  let oldestRange: TimeRange | undefined;
  const dimensions = by.map((dimension) => ({
    dimension,
    grouping: groupings[dimension],
    groups: new Map<string, Group>(),
  }));
  const fields = [...FIGURE_FIELDS, ...dimensions.flatMap(({ grouping }) => grouping.fields ?? [])];
  const addTo = (call: GroupedCall, sums: FigureSums) => {
    addSums(total, sums);
    for (const { grouping, groups } of dimensions) {
      for (const key of grouping.keysOf(call)) {
        const known = groups.get(key);
        const group = known ?? { names: grouping.describe(key, call), sums: noSums() };
        if (known === undefined) groups.set(key, group);
        addSums(group.sums, sums);
      }
    }
  };
  return {
    projection: Object.fromEntries(fields.map((field) => [field, 1 as const])),
    isOfTime: dimensions.some(({ grouping }) => grouping.fits !== undefined),
    isKept: by.every((dimension) => groupings[dimension].fields === undefined),
    fits: (range) => dimensions.every(({ grouping }) => grouping.fits?.(range) ?? true),
    add(call) {
      count += 1;
      if (oldest === undefined || call.createdAt < oldest) oldest = call.createdAt;
      addTo({ ...call, ...factsOf(call) }, sumsOfCall(call));
    },
    addCells(cells, range) {
      const createdAt = new Date(range.from);
      for (const cell of cells) addTo({ ...cell, createdAt }, cell.sums);
      if (cells.length > 0 && range.from < (oldestRange?.from ?? Infinity)) oldestRange = range;
    },
    count: () => count,
    oldest: () => oldest,
    oldestRange: () => oldestRange,
    result: () => ({
      total,
      groups: Object.fromEntries(
        dimensions.map(({ dimension, groups }) => [
          dimension,
          orderedGroups(
            dimension,
            [...groups.values()].map(({ names, sums }) => ({ ...names, ...sums })),
          ),
        ]),
      ) as Partial<Record<Dimension, FigureGroup[]>>,
    }),
  };
}
