import type { Attempt, CallRecord, RestoreGap } from "@call-log/model";

import { findOrphanedCalls, type OrphanedCall, mayBeOf } from "../providers/orphaned-calls.ts";
import { providerChain, providerOf, type Providers } from "../providers/provider-lookup.ts";
import { bindAttempt } from "../record/record-event.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import { attemptById, withAttempt } from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { loseAttempt } from "../rules/lose-attempt.ts";
import { gapOfUnknown } from "../rules/restored-call.ts";
import { secondsAfter, secondsBetween } from "../rules/seconds.ts";
import { attachLabels } from "./attach-labels.ts";
import type { CallMatch } from "./match-call.ts";
import { CLOCK_SKEW_SECONDS, matchCall } from "./match-call.ts";

const SEVERAL = "More than one call at the provider may be this one; held until a person decides";
const NONE = "The provider shows no such call; held until a person decides";

/**
 * Look at the provider for the call of an unknown attempt: bind it, or after a while hold the call or give the attempt
 * up.
 */
export async function reconcileAttempt(
  context: Recording & Providers,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  const gap = gapOfUnknown(record, attempt);
  if (gap !== undefined) return settleGap(context, { record, attempt, gap });
  const match = await lookUp(context, record, attempt);
  switch (match.kind) {
    case "found":
      await bindAttempt(context, {
        attemptId: attempt._id,
        provider: attempt.provider ?? "",
        snapshot: match.snapshot,
      });
      return;
    case "several":
      return hold(context, record, { attempt, statusMessage: SEVERAL });
    case "none":
      return afterWindow(context, record, attempt);
    case "unsettled":
      return;
  }
}

async function lookUp(
  context: Recording & Providers,
  record: CallRecord,
  attempt: Attempt,
): Promise<CallMatch> {
  const provider = providerOf(context, attempt);
  const { toNumber, projectId } = record;
  const createdSince = secondsAfter(attempt.claimedAt ?? attempt.dueAt, -CLOCK_SKEW_SECONDS);
  const fromNumber = attempt.fromNumber ?? record.fromNumber;
  const snapshots = await provider.findCalls({ toNumber, fromNumber, createdSince });
  const providerCallIds = snapshots.map((snapshot) => snapshot.providerCallId);
  // Before the owners: an attempt that is bound in between is seen as one of the two.
  const exceptCallLogId = record._id;
  const unmatchedClaimTimes = await context.calls.unmatchedClaimTimes({
    toNumber,
    exceptCallLogId,
  });
  const owned = await context.calls.ownedProviderCallIds({ projectId, toNumber, providerCallIds });
  const { unknownWindowSeconds, claimDeadlineSeconds } = context.settings;
  const situation = {
    now: context.now(),
    owned,
    unmatchedClaimTimes,
    windowSeconds: Math.max(unknownWindowSeconds, claimDeadlineSeconds),
    settledAfterSeconds: claimDeadlineSeconds,
  };
  const match = matchCall(attempt, snapshots, situation);
  if (match.kind !== "several" && !isAmbiguous(record, match)) return match;
  const labelled = matchCall(attempt, await attachLabels(provider, snapshots, owned), situation);
  return isAmbiguous(record, labelled) ? { kind: "several" } : labelled;
}

// After a restore, a call between the same numbers may be one that the backup does not know; only a label tells.
function isAmbiguous({ restored }: CallRecord, match: CallMatch): boolean {
  return restored !== undefined && match.kind === "found" && match.snapshot.attemptId === undefined;
}

// Whom the attempt went to, and from which number, is not in the backup: every provider is asked, and only its label binds a call.
async function settleGap(
  context: Recording & Providers,
  { record, attempt, gap }: { record: CallRecord; attempt: Attempt; gap: RestoreGap },
): Promise<void> {
  const found = await findOrphanedCalls(context, record, gap);
  const labelled = await withLabels(context, found);
  const own = labelled.find(({ snapshot }) => snapshot.attemptId === attempt._id);
  if (own !== undefined) return bindFound(context, attempt, own);
  if (labelled.some(({ snapshot }) => mayBeOf(record, snapshot)))
    return hold(context, record, { attempt, statusMessage: SEVERAL });
  return afterWindow(context, record, attempt);
}

async function withLabels(
  context: Providers,
  found: readonly OrphanedCall[],
): Promise<readonly OrphanedCall[]> {
  return Promise.all(
    found.map(async ({ provider, snapshot }) => {
      const [labelled = snapshot] = await attachLabels(
        context.providers[provider]!,
        [snapshot],
        new Set(),
      );
      return { provider, snapshot: labelled };
    }),
  );
}

async function bindFound(
  context: Recording & Providers,
  { _id: attemptId }: Attempt,
  { provider, snapshot }: OrphanedCall,
): Promise<void> {
  const { fromNumber } = snapshot;
  const alongside = (_before: CallRecord, after: CallRecord) => {
    const bound = attemptById(after, attemptId);
    return bound === undefined ? after : withAttempt(after, { ...bound, fromNumber });
  };
  await bindAttempt(context, { attemptId, provider, snapshot, alongside });
}

async function afterWindow(
  context: Recording & Providers,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  const age = secondsBetween(attempt.claimedAt ?? attempt.dueAt, context.now());
  if (age < context.settings.unknownWindowSeconds) return;
  if (record.plan.onUnknown === "retry") return giveUp(context, record, attempt);
  return hold(context, record, { attempt, statusMessage: NONE });
}

async function giveUp(
  context: Recording & Providers,
  { _id, projectId }: CallRecord,
  { _id: attemptId }: Attempt,
): Promise<void> {
  const chain = await providerChain(context, projectId);
  await updateCall(context, _id, (record, now) => {
    const attempt = stillUnknown(record, attemptId);
    if (attempt === undefined) return undefined;
    return deriveCallStatus(loseAttempt(record, attempt, now), { now, chain });
  });
}

async function hold(
  context: Recording,
  { _id }: CallRecord,
  { attempt, statusMessage }: { attempt: Attempt; statusMessage: string },
): Promise<void> {
  await updateCall(context, _id, (record) => {
    const isSaid = record.statusMessage === statusMessage;
    return isSaid || !stillUnknown(record, attempt._id) ? undefined : { ...record, statusMessage };
  });
}

function stillUnknown(record: CallRecord, attemptId: string): Attempt | undefined {
  const attempt = attemptById(record, attemptId);
  return attempt?.state === "unknown" && attempt.outcome === undefined ? attempt : undefined;
}
