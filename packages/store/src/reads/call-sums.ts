import type { StatsDimension } from "@call-log/model";

/** Sums over call logs. */
export interface CallSums {
  calls: number;
  /** How many attempts were handed to a provider. */
  attempts: number;
  /** Exact sum of what each call costs, rounded to whole micro-dollars. */
  costInUSDCents: number;
  /** Calls with a pending price. */
  pricesPending: number;
}

/** Sums over a group of call logs. */
export interface StatsGroup extends CallSums {
  /** Key of the group: `YYYY-MM-DD`, or the value of the property; empty for call logs without one. */
  key: string;
}

/** Sums over all call logs that match, and over each group of them. */
export interface CallStats {
  total: CallSums;
  /** Days in their order, the latest 400; others by their calls, the 400 with the most. */
  groups: Partial<Record<StatsDimension, StatsGroup[]>>;
}
