import {
  addSums,
  type FigureDimension,
  type FigureGroup,
  type FigureSums,
  noSums,
  orderedGroups,
  sumsOfCall,
} from "@call-log/model";

import { figureGroupings, type GroupedCall, type GroupNames } from "./figure-keys.ts";

/** Fields of a call that every figure needs. */
const SUMMED_FIELDS = [
  "createdAt",
  "status",
  "attemptCount",
  "callCostInUSDCents",
  "pricing",
  "attempts.outcome",
  "attempts.claimedAt",
  "attempts.submittedAt",
  "attempts.answeredAt",
  "attempts.durationSeconds",
];

/** Sums that grow call by call. */
export interface FigureFold {
  /** Projection with the fields that it needs. */
  projection: Record<string, 1>;
  /** Count a call; the newest first. */
  add(call: GroupedCall): void;
  /** How many calls were counted. */
  count(): number;
  /** When the oldest of them was created. */
  oldest(): Date | undefined;
  result(): { total: FigureSums; groups: Partial<Record<FigureDimension, FigureGroup[]>> };
}

interface Group {
  names: GroupNames;
  sums: FigureSums;
}

/** Sums over calls, in total and by these dimensions. */
export function figureFold(by: readonly FigureDimension[], timeZone: string): FigureFold {
  const groupings = figureGroupings(timeZone);
  const total = noSums();
  let oldest: Date | undefined;
  const dimensions = by.map((dimension) => ({
    dimension,
    grouping: groupings[dimension],
    groups: new Map<string, Group>(),
  }));
  const fields = [...SUMMED_FIELDS, ...dimensions.flatMap(({ grouping }) => grouping.fields)];
  return {
    projection: Object.fromEntries(fields.map((field) => [field, 1 as const])),
    add(call) {
      const sums = sumsOfCall(call);
      addSums(total, sums);
      oldest = call.createdAt;
      for (const { grouping, groups } of dimensions) {
        for (const key of grouping.keysOf(call)) {
          const known = groups.get(key);
          const group = known ?? { names: grouping.describe(key, call), sums: noSums() };
          if (known === undefined) groups.set(key, group);
          addSums(group.sums, sums);
        }
      }
    },
    count: () => total.calls,
    oldest: () => oldest,
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
      ),
    }),
  };
}
