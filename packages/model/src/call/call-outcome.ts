import type { FinalStatus } from "./call-status.ts";

/** How one attempt ended, in the terms of the retry rules. */
export interface CallOutcomeEntry {
  /** Status of the call log when this outcome is the last one. */
  status: FinalStatus;
  /** May the call be tried again after it? The request's retry policy decides whether it is. */
  retryable: boolean;
  /** Does the attempt use up one of `retry.maxAttempts`? */
  counts: boolean;
  /** May the next attempt go to another provider of the chain? */
  failover: boolean;
  /** The outcome in a sentence for people. */
  wording: string;
}

/** Every outcome of an attempt. `docs/reference/statuses.md` is held to this table. */
export const CALL_OUTCOMES = {
  reached: {
    status: "Completed",
    retryable: false,
    counts: true,
    failover: false,
    wording: "Reached as requested",
  },
  voicemail: {
    status: "Not Reached",
    retryable: true,
    counts: true,
    failover: false,
    wording: "A machine answered",
  },
  "not-acknowledged": {
    status: "Not Reached",
    retryable: true,
    counts: true,
    failover: false,
    wording: "Answered, but nobody pressed the digit that acknowledges",
  },
  declined: {
    status: "No Answer",
    retryable: true,
    counts: true,
    failover: false,
    wording: "The callee declined the call",
  },
  busy: {
    status: "Busy",
    retryable: true,
    counts: true,
    failover: false,
    wording: "The line was busy",
  },
  "no-answer": {
    status: "No Answer",
    retryable: true,
    counts: true,
    failover: false,
    wording: "Nobody answered",
  },
  failed: {
    status: "Failed",
    retryable: true,
    counts: true,
    failover: true,
    wording: "The call failed on its way",
  },
  throttled: {
    status: "Failed",
    retryable: true,
    counts: false,
    failover: true,
    wording: "The provider was not able to take the call; nothing was dialled",
  },
  "from-number": {
    status: "Failed",
    retryable: true,
    counts: false,
    failover: true,
    wording: "The provider does not let us call from this number; nothing was dialled",
  },
  account: {
    status: "Failed",
    retryable: true,
    counts: false,
    failover: true,
    wording: "The provider refused our account; nothing was dialled",
  },
  configuration: {
    status: "Failed",
    retryable: true,
    counts: false,
    failover: true,
    wording: "Our account or number at the provider is not set up for this call",
  },
  "too-long": {
    status: "Failed",
    retryable: false,
    counts: true,
    failover: false,
    wording: "More is to be said than the provider takes; nothing was dialled",
  },
  defect: {
    status: "Failed",
    retryable: false,
    counts: true,
    failover: false,
    wording: "Our own code failed before anything was sent; nothing was dialled",
  },
  "bad-number": {
    status: "Failed",
    retryable: false,
    counts: true,
    failover: false,
    wording: "The number cannot be called",
  },
  "not-permitted": {
    status: "Failed",
    retryable: false,
    counts: true,
    failover: false,
    wording: "The account is not permitted to call this number",
  },
  lost: {
    status: "Failed",
    retryable: true,
    counts: true,
    failover: false,
    wording: "The provider knows nothing of this attempt",
  },
  expired: {
    status: "Expired",
    retryable: false,
    counts: false,
    failover: false,
    wording: "Its deadline passed right before it was dialled",
  },
  canceled: {
    status: "Canceled",
    retryable: false,
    counts: true,
    failover: false,
    wording: "Canceled",
  },
} as const satisfies Record<string, CallOutcomeEntry>;

/** How one attempt ended. */
export type CallOutcome = keyof typeof CALL_OUTCOMES;

/** All outcomes. */
export const CALL_OUTCOME_NAMES = Object.keys(CALL_OUTCOMES) as [CallOutcome, ...CallOutcome[]];

/** Outcomes that `retry.on` may name: those that mean "not reached this time". */
export const RETRYABLE_OUTCOMES = CALL_OUTCOME_NAMES.filter(
  (name) => CALL_OUTCOMES[name].retryable && CALL_OUTCOMES[name].counts,
) as [CallOutcome, ...CallOutcome[]];
