import type { Attempt } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";

import { secondsAfter, secondsBetween } from "../rules/seconds.ts";

/** Result of a look-up for an unknown attempt. */
export type CallMatch =
  | { kind: "found"; snapshot: CallSnapshot }
  /**
   * More than one call may be the one, or the one may be another attempt's; a person decides, if nothing else tells.
   */
  | { kind: "several" }
  | { kind: "none" }
  /** A call exists, but it is so recent that another worker may be about to record it as its own. */
  | { kind: "unsettled" };

/** Criteria of a look-up. */
export interface MatchSituation {
  now: Date;
  /** Provider call ids that belong to other attempts. */
  owned: ReadonlySet<string>;
  /** Claims of other attempts to the same number whose call nobody knows: a candidate may be theirs. */
  unmatchedClaimTimes: readonly Date[];
  /** Calls created later than this after the claim are not the attempt's. */
  windowSeconds: number;
  /** A call more recent than this may still get an owner. */
  settledAfterSeconds: number;
}

/** Clocks differ: calls created up to this long before the claim are considered. */
export const CLOCK_SKEW_SECONDS = 5;

/**
 * Which of the calls between two numbers is the one of an unknown attempt. A label decides; without one, only a single
 * candidate does.
 */
export function matchCall(
  attempt: Attempt,
  snapshots: readonly CallSnapshot[],
  situation: MatchSituation,
): CallMatch {
  const labelled = snapshots.find((snapshot) => snapshot.attemptId === attempt._id);
  if (labelled !== undefined) return { kind: "found", snapshot: labelled };
  const candidates = snapshots.filter((snapshot) => isCandidate(attempt, snapshot, situation));
  const [only, another] = candidates;
  if (only === undefined) return { kind: "none" };
  const youngest = Math.max(...candidates.map(({ createdAt }) => createdAt.getTime()));
  const settled =
    secondsBetween(new Date(youngest), situation.now) >= situation.settledAfterSeconds;
  if (!settled) return { kind: "unsettled" };
  const isContested = situation.unmatchedClaimTimes.some((claimedAt) =>
    isInWindow(only.createdAt, claimedAt, situation),
  );
  return another === undefined && !isContested
    ? { kind: "found", snapshot: only }
    : { kind: "several" };
}

function isCandidate(attempt: Attempt, snapshot: CallSnapshot, situation: MatchSituation): boolean {
  const claimedAt = attempt.claimedAt ?? attempt.dueAt;
  return (
    snapshot.attemptId === undefined &&
    !situation.owned.has(snapshot.providerCallId) &&
    isInWindow(snapshot.createdAt, claimedAt, situation)
  );
}

function isInWindow(
  createdAt: Date,
  claimedAt: Date,
  { windowSeconds }: Pick<MatchSituation, "windowSeconds">,
): boolean {
  return (
    createdAt >= secondsAfter(claimedAt, -CLOCK_SKEW_SECONDS) &&
    createdAt <= secondsAfter(claimedAt, windowSeconds)
  );
}
