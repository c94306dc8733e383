import type { Attempt, CallOutcome, CallRecord, FinalStatus } from "@call-log/model";
import { CALL_OUTCOMES } from "@call-log/model";

import { isCancelRequested, isWithdrawn } from "./attempts.ts";
import { UNCOUNTED_LIMIT_SECONDS, waitSeconds } from "./backoff.ts";
import { deadlineEnd, ENDED_BY_DEADLINE } from "./deadline-end.ts";
import { secondsAfter, secondsBetween } from "./seconds.ts";

/** What follows after an attempt. */
export type RetryDecision =
  | { kind: "finish"; status: FinalStatus; message: string }
  | { kind: "retryAt"; at: Date; provider?: string };

/** What the retry policy needs beside the call. */
export interface RetrySituation {
  now: Date;
  /** Names of the project's providers, in the order of preference. */
  chain: readonly string[];
  /** What the provider that refused asked for. */
  retryAfterSeconds?: number | undefined;
}

/** An attempt whose outcome is known. */
export type FinishedAttempt = Attempt & { outcome: CallOutcome };

/** Decide what follows after a finished attempt: the end of the call, or one more attempt at a time. */
export function decideRetry(
  record: CallRecord,
  attempt: FinishedAttempt,
  situation: RetrySituation,
): RetryDecision {
  if (record.attempts.some(({ outcome }) => outcome === "reached")) return finish("reached");
  const stop = reasonToStop(record, attempt, situation.now);
  if (stop !== undefined) return finish(attempt.outcome, attempt.errorMessage, stop);
  const retry = nextRetry(record, attempt, situation);
  const { deadlineAt } = record;
  if (deadlineAt !== undefined && retry.at >= deadlineAt)
    return { kind: "finish", ...deadlineEnd(record) };
  return retry;
}

/** How many attempts used up one of `retry.maxAttempts`. */
export function countedAttempts(record: CallRecord): number {
  return made(record).filter(
    ({ outcome }) => outcome === undefined || CALL_OUTCOMES[outcome].counts,
  ).length;
}

function finish(outcome: CallOutcome, ...details: readonly (string | undefined)[]): RetryDecision {
  const { status, wording } = CALL_OUTCOMES[outcome];
  const message = [wording, ...details].filter(Boolean).join("; ");
  return { kind: "finish", status, message };
}

// An empty text is a reason that needs no words.
function reasonToStop(record: CallRecord, attempt: FinishedAttempt, now: Date): string | undefined {
  const { retryable, counts } = CALL_OUTCOMES[attempt.outcome];
  const { maxAttempts, on } = record.plan.retry;
  if (record.alertOrigin?.stoppedAt !== undefined) return "its alert ended at the source";
  if (isCancelRequested(attempt)) return "canceled while the call was running";
  const isPastDeadline = record.deadlineAt !== undefined && record.deadlineAt <= now;
  if (attempt.outcome === "canceled" && isPastDeadline) return ENDED_BY_DEADLINE;
  if (!retryable) return "";
  if (countedAttempts(record) >= maxAttempts)
    return maxAttempts === 1 ? "" : `after ${maxAttempts} attempts`;
  if (counts) return on.includes(attempt.outcome) ? undefined : "not tried again by its policy";
  return isRefusedForTooLong(record, now) ? "refused for 24 hours" : undefined;
}

function isRefusedForTooLong(record: CallRecord, now: Date): boolean {
  const [first] = lastInARow(record, (outcome) => !CALL_OUTCOMES[outcome].counts);
  return (
    first?.claimedAt !== undefined &&
    secondsBetween(first.claimedAt, now) >= UNCOUNTED_LIMIT_SECONDS
  );
}

type PlannedRetry = Extract<RetryDecision, { kind: "retryAt" }>;

function nextRetry(
  record: CallRecord,
  attempt: FinishedAttempt,
  situation: RetrySituation,
): PlannedRetry {
  const { outcome, provider: previous } = attempt;
  const { now, chain, retryAfterSeconds = 0 } = situation;
  const { failover } = CALL_OUTCOMES[outcome];
  // Another number is tried before another provider, to which this number may mean nothing.
  const stays = !failover || outcome === "from-number";
  const provider = stays ? previous : providerAfter(previous, chain);
  const refusals = refusalsBy(record, provider);
  if (failover && refusals === 0) return retryAt(now, provider);
  const own = waitSeconds(outcome, {
    policy: record.plan.retry,
    counted: countedAttempts(record),
    refusals,
  });
  const asked = provider === previous ? retryAfterSeconds : 0;
  return retryAt(secondsAfter(now, Math.max(own, asked)), provider);
}

function retryAt(at: Date, provider: string | undefined): PlannedRetry {
  return { kind: "retryAt", at, ...(provider !== undefined && { provider }) };
}

function providerAfter(provider: string | undefined, chain: readonly string[]): string | undefined {
  const place = provider === undefined ? -1 : chain.indexOf(provider);
  return chain[(place + 1) % chain.length] ?? provider;
}

function refusalsBy(record: CallRecord, provider: string | undefined): number {
  const run = lastInARow(record, (outcome) => CALL_OUTCOMES[outcome].failover);
  return run.filter((attempt) => attempt.provider === provider).length;
}

function lastInARow(record: CallRecord, rule: (outcome: CallOutcome) => boolean): Attempt[] {
  const attempts = made(record);
  const before = attempts.findLastIndex(({ outcome }) => outcome === undefined || !rule(outcome));
  return attempts.slice(before + 1);
}

function made(record: CallRecord): Attempt[] {
  return record.attempts.filter((attempt) => attempt.state !== "planned" && !isWithdrawn(attempt));
}
