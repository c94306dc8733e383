export {
  type CallFigures,
  type FigureGroup,
  mergedFigures,
  orderedGroups,
} from "./call-figures.ts";
export {
  type BucketCounts,
  type CallHistogram,
  type HistogramBucket,
  mergedHistograms,
} from "./call-histogram.ts";
export {
  allStats,
  type CallStats,
  type CallSums,
  mergedStats,
  isOfTime,
  orderedStats,
  statsSums,
  type StatsGroup,
} from "./call-stats.ts";
export {
  addSums,
  answerSeconds,
  type CountedCall,
  decidedCalls,
  type FigureSums,
  mergedSums,
  noSums,
  reachRate,
  sumsOfCall,
} from "./figure-sums.ts";
export { countOfSpread, type TimeSpread } from "./time-spread.ts";
export { timeToAnswerMs } from "./time-to-answer.ts";
export { zonedText } from "./zoned-text.ts";
