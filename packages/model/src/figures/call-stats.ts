import type { StatsDimension } from "../query/inputs/stats-input.ts";
import type { FigureSums } from "./figure-sums.ts";

const MICRO_PER_CENT = 10_000;
const MS_PER_SECOND = 1000;

/** Sums over call logs. */
export interface CallSums {
  calls: number;
  /** How many attempts were handed to a provider. */
  attempts: number;
  /** Time from answer to end over all attempts, in seconds. */
  talkSeconds: number;
  /** Exact sum of what each call costs, rounded to whole micro-dollars. */
  costInUSDCents: number;
  /** Calls with a pending price. */
  pricesPending: number;
}

/** Sums over a group of call logs. */
export interface StatsGroup extends CallSums {
  /** Key of the group: a day, an hour with its offset, or the value of the property; empty for call logs without one. */
  key: string;
}

/** Sums over the call logs that match, or the newest part of them, and over each group of them. */
export interface CallStats {
  /** Of an answer in parts: how far back it goes, ISO 8601; null if no call was found. */
  from?: string | null;
  /** Asks for the part before this one; absent when nothing is left. */
  nextCursor?: string;
  total: CallSums;
  /** Days and hours in their order, the latest 400; others by their calls, the 400 with the most. Of a part, all. */
  groups: Partial<Record<StatsDimension, StatsGroup[]>>;
}

/** What stats have of figures. */
export function statsSums({
  calls,
  attempts,
  talkMs,
  costInMicroUSD,
  pricesPending,
}: FigureSums): CallSums {
  return {
    calls,
    attempts,
    talkSeconds: talkMs / MS_PER_SECOND,
    costInUSDCents: costInMicroUSD / MICRO_PER_CENT,
    pricesPending,
  };
}

/** True for groups that stand in the order of time. */
export function isOfTime(dimension: StatsDimension): dimension is "day" | "hour" {
  return dimension === "day" || dimension === "hour";
}

/** Groups in the order of an answer: days and hours in theirs, others by their calls, most first. */
export function orderedStats(
  dimension: StatsDimension,
  groups: readonly StatsGroup[],
): StatsGroup[] {
  return groups.toSorted(isOfTime(dimension) ? byTime : byCalls);
}

/** Sums of a part and of the one before it together. */
export function mergedStats(newer: CallStats, older: CallStats): CallStats {
  const dimensions = Object.keys(newer.groups) as StatsDimension[];
  const groups = dimensions.map((dimension) => {
    const merged = mergedGroups(newer.groups[dimension] ?? [], older.groups[dimension] ?? []);
    return [dimension, orderedStats(dimension, merged)] as const;
  });
  return {
    ...older,
    from: older.from ?? newer.from ?? null,
    total: added(newer.total, older.total),
    groups: Object.fromEntries(groups),
  };
}

/** Stats of all parts, as they are asked for one after the other; with a cursor when the time is up before. */
export async function allStats(
  ask: (cursor?: string) => Promise<CallStats>,
  isTimeUp: () => boolean,
): Promise<CallStats> {
  let stats = await ask();
  while (stats.nextCursor !== undefined && !isTimeUp())
    stats = mergedStats(stats, await ask(stats.nextCursor));
  return stats;
}

function mergedGroups(newer: readonly StatsGroup[], older: readonly StatsGroup[]): StatsGroup[] {
  const groups = new Map(newer.map((group) => [group.key, group]));
  for (const group of older) {
    const known = groups.get(group.key);
    groups.set(group.key, known ? { ...group, ...added(known, group) } : group);
  }
  return [...groups.values()];
}

const byKey = (a: StatsGroup, b: StatsGroup) => (a.key < b.key ? -1 : 1);
// Of an hour that comes twice, the offset tells which is first.
const byTime = (a: StatsGroup, b: StatsGroup) => Date.parse(a.key) - Date.parse(b.key);
const byCalls = (a: StatsGroup, b: StatsGroup) => b.calls - a.calls || byKey(a, b);

// Cents and seconds have fractions, whole micro-dollars and milliseconds have none.
function added(a: CallSums, b: CallSums): CallSums {
  const micro = Math.round((a.costInUSDCents + b.costInUSDCents) * MICRO_PER_CENT);
  const talkMs = Math.round((a.talkSeconds + b.talkSeconds) * MS_PER_SECOND);
  return {
    calls: a.calls + b.calls,
    attempts: a.attempts + b.attempts,
    talkSeconds: talkMs / MS_PER_SECOND,
    costInUSDCents: micro / MICRO_PER_CENT,
    pricesPending: a.pricesPending + b.pricesPending,
  };
}
