import type { FigureCall, TaggedCell, TimeRange } from "../../rollups/index.ts";

/** Sums that grow call by call, or by kept figures of many calls. */
export interface CallFold {
  /** Projection with the fields that it needs. */
  projection: Record<string, 1>;
  /** True if stretches of time are told apart. */
  isOfTime: boolean;
  /** True for a range that is not divided, so that figures of all its calls can be added. */
  fits(range: TimeRange): boolean;
  /** Count a call; of those that are read in order the newest first. */
  add(call: FigureCall): void;
  /** Count calls that were created in a range that fits. */
  addCells(cells: readonly TaggedCell[], range: TimeRange): void;
  /** How many calls were counted one by one. */
  count(): number;
}
