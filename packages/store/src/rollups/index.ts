export { type CountCalls, createCountCalls } from "./count-calls.ts";
export { createdIn } from "./created-in.ts";
export {
  factsReader,
  FIGURE_FIELDS,
  type FigureCall,
  type FigureFacts,
  QUARTER_MS,
} from "./figure-cells.ts";
export { createFigureLogs, type FigurePiece, type OpenFigureLog } from "./figure-log.ts";
export { type Kept, keptByTag, keptFor } from "./kept-cells.ts";
export { isSparse, likelyRanges, SPARSE, type Sparseness } from "./likely-ranges.ts";
export { hourStart, overlap, type TimeRange } from "./period.ts";
export { rollupQuery } from "./rollup-query.ts";
export { createRollupStore, type RollupStore } from "./rollup-store.ts";
export type { TaggedCell } from "./tag-figures.ts";
