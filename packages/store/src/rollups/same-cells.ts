import { isDeepStrictEqual } from "node:util";

import type { FigureCell } from "./figure-cells.ts";

/** True if two lists have the same sums and costs for the same facts, in whatever order. */
export function areSameCells(one: readonly FigureCell[], other: readonly FigureCell[]): boolean {
  return isDeepStrictEqual(byFacts(one), byFacts(other));
}

function byFacts(cells: readonly FigureCell[]): Map<string, FigureCell["sums"]> {
  return new Map(cells.map(({ sums, ...facts }) => [keyOf(facts), sums]));
}

function keyOf(facts: object): string {
  return JSON.stringify(Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
