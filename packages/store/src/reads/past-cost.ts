import { callingCodeOf, countryOf } from "@call-log/model";
import type { AggregateOptions, Collection, Filter } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
/** Past cost of the project's calls to a country. */
export interface PastCost {
  /** How many calls the mean is taken from. */
  calls: number;
  meanUSDCents: number;
  /** One in ten was cheaper, and one in ten dearer. */
  lowUSDCents: number;
  highUSDCents: number;
}

const DAYS_MS = 90 * 86_400_000;
/** Most calls read, newest first, so that the cost does not grow with the log. */
const MAX_CALLS = 1000;

/** The mean of the priced calls of the last 90 days to a number's country; undefined when there are none. */
export async function readPastCost(
  calls: Collection<CallDocument>,
  { projectId, toNumber, now }: { projectId: string; toNumber: string; now: Date },
  options: AggregateOptions,
): Promise<PastCost | undefined> {
  const code = callingCodeOf(toNumber);
  if (code === undefined) return undefined;
  const filter: Filter<CallDocument> = {
    projectId,
    toNumber: { $regex: `^\\+${code}` },
    createdAt: { $gte: new Date(now.getTime() - DAYS_MS) },
    pricing: { $in: ["final", "estimated"] },
  };
  const found = await calls
    .find<{ toNumber: string; callCostInUSDCents: number }>(filter, options)
    .project<{ toNumber: string; callCostInUSDCents: number }>({
      toNumber: 1,
      callCostInUSDCents: 1,
    })
    .sort({ createdAt: -1 })
    .limit(MAX_CALLS)
    .toArray();
  const country = countryOf(toNumber);
  const costs = found.flatMap((call) =>
    countryOf(call.toNumber) === country ? [call.callCostInUSDCents] : [],
  );
  if (costs.length === 0) return undefined;
  const sum = costs.reduce((all, one) => all + one, 0);
  return {
    calls: costs.length,
    meanUSDCents: sum / costs.length,
    ...rangeOf(costs),
  };
}

// Not the extremes: one call that somebody forgot to hang up says nothing about the next.
function rangeOf(costs: readonly number[]) {
  const sorted = costs.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  return {
    lowUSDCents: sorted[Math.floor(last * 0.1)]!,
    highUSDCents: sorted[Math.ceil(last * 0.9)]!,
  };
}
