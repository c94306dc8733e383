import type { Attempt, Pricing } from "../call/attempt.ts";
import { type CallStatusGroup, groupOfStatus } from "../call/call-status.ts";
import { addSpread, addTime, quantileOf, type TimeSpread } from "./time-spread.ts";
import { timeToAnswerMs } from "./time-to-answer.ts";

/** Sums over calls, from which their figures follow. Sums of parts can be added. */
export interface FigureSums {
  calls: number;
  /** Calls of each group of statuses; groups without one are left out. */
  statuses: Partial<Record<CallStatusGroup, number>>;
  /** How many attempts were handed to a provider. */
  attempts: number;
  /** Time from answer to end over all attempts, in milliseconds. */
  talkMs: number;
  /** Exact, in millionths of a US dollar. */
  costInMicroUSD: number;
  /** Calls with a pending price. */
  pricesPending: number;
  /** Times to answer. */
  answerTimes: TimeSpread;
}

/** What the figures of a call are taken from. */
export interface CountedCall {
  status: string;
  attemptCount?: number;
  callCostInUSDCents: number;
  pricing?: Pricing;
  attempts?:
    | readonly Partial<
        Pick<Attempt, "outcome" | "claimedAt" | "submittedAt" | "answeredAt" | "durationSeconds">
      >[]
    | null;
}

const MICRO_PER_CENT = 10_000;

/** Sums over no call. */
export function noSums(): FigureSums {
  return {
    calls: 0,
    statuses: {},
    attempts: 0,
    talkMs: 0,
    costInMicroUSD: 0,
    pricesPending: 0,
    answerTimes: {},
  };
}

/** Sums over one call. */
export function sumsOfCall(call: CountedCall): FigureSums {
  const attempts = call.attempts ?? [];
  const answer = timeToAnswerMs(attempts);
  const answerTimes: TimeSpread = {};
  if (answer !== undefined) addTime(answerTimes, answer);
  return {
    calls: 1,
    statuses: { [groupOfStatus(call.status)]: 1 },
    attempts: call.attemptCount ?? 0,
    talkMs: attempts.reduce((sum, one) => sum + Math.round((one.durationSeconds ?? 0) * 1000), 0),
    costInMicroUSD: Math.round(call.callCostInUSDCents * MICRO_PER_CENT),
    pricesPending: call.pricing === "pending" ? 1 : 0,
    answerTimes,
  };
}

/** Add the sums of a part. */
export function addSums(sums: FigureSums, part: FigureSums): void {
  sums.calls += part.calls;
  for (const [group, count] of Object.entries(part.statuses) as [CallStatusGroup, number][])
    sums.statuses[group] = (sums.statuses[group] ?? 0) + count;
  sums.attempts += part.attempts;
  sums.talkMs += part.talkMs;
  sums.costInMicroUSD += part.costInMicroUSD;
  sums.pricesPending += part.pricesPending;
  addSpread(sums.answerTimes, part.answerTimes);
}

/** Sums over two parts together. */
export function mergedSums(a: FigureSums, b: FigureSums): FigureSums {
  const sums = noSums();
  addSums(sums, a);
  addSums(sums, b);
  return sums;
}

/** Calls that count for the reach rate: reached, not reached or failed. Open, unknown, canceled and imported ones do not. */
export function decidedCalls({ statuses }: Pick<FigureSums, "statuses">): number {
  return (statuses.reached ?? 0) + (statuses["not-reached"] ?? 0) + (statuses.failed ?? 0);
}

/** Reached calls ÷ calls that were reached, not reached or failed, from 0 to 1; undefined if there is none. */
export function reachRate(sums: Pick<FigureSums, "statuses">): number | undefined {
  const decided = decidedCalls(sums);
  return decided === 0 ? undefined : (sums.statuses.reached ?? 0) / decided;
}

/** Time to answer in seconds that a share of the reached calls did not exceed (0.5: the median), to within 1 %. */
export function answerSeconds(
  { answerTimes }: Pick<FigureSums, "answerTimes">,
  share: number,
): number | undefined {
  const ms = quantileOf(answerTimes, share);
  return ms === undefined ? undefined : ms / 1000;
}
