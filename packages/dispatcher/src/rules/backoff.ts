import type { CallOutcome, RetryPolicy } from "@call-log/model";

/** Longest that refusals which do not count are tried again. Source: spec, "until the deadline or 24 h". */
export const UNCOUNTED_LIMIT_SECONDS = 86_400;

/** Waits after refusals that do not count: doubling from `first`, never longer than `most`. */
const UNCOUNTED_WAIT_SECONDS: Readonly<
  Partial<Record<CallOutcome, { first: number; most: number }>>
> = {
  throttled: { first: 1, most: 900 },
  // The number itself waits in `providers/choose-number.ts`; the call may have another one.
  "from-number": { first: 1, most: 900 },
  account: { first: 60, most: 900 },
  configuration: { first: 60, most: 900 },
};

/** Input of the wait before the next attempt. */
export interface BackoffSituation {
  policy: RetryPolicy;
  /** Attempts made so far that count. */
  counted: number;
  /** Refusals in a row by the provider that comes next. */
  refusals: number;
}

/** Seconds to wait after an outcome: by the request's policy, or by our own list where the attempt does not count. */
export function waitSeconds(outcome: CallOutcome, situation: BackoffSituation): number {
  const uncounted = UNCOUNTED_WAIT_SECONDS[outcome];
  if (uncounted !== undefined)
    return Math.min(uncounted.most, doubled(uncounted.first, situation.refusals));
  const { type, delaySeconds, maxDelaySeconds } = situation.policy.backoff;
  if (type === "fixed") return delaySeconds;
  return Math.min(maxDelaySeconds, doubled(delaySeconds, situation.counted));
}

function doubled(first: number, times: number): number {
  return first * 2 ** Math.max(0, times - 1);
}
