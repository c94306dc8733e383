import type { Acting, Attempt, CallRecord, CallResolution } from "@call-log/model";
import { CallLogError, SYSTEM_ACTING } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { providerOf, type Providers } from "../providers/provider-lookup.ts";
import { bindAttempt } from "../record/record-event.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import {
  attemptById,
  currentAttempt,
  noteStep,
  plannedAttempt,
  type StepOrigin,
  withAttempt,
} from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { finished } from "../rules/finish-or-retry.ts";
import { loseAttempt } from "../rules/lose-attempt.ts";
import type { CallRef } from "./call-ref.ts";
import { noSuchCall } from "./call-ref.ts";
import { withAuditLine } from "./with-audit-line.ts";

/**
 * Resolve a call that is held as `Unknown`; returns the call afterwards. NOT_FOUND for another project's call, CONFLICT when it is not
 * unknown (any more), BAD_REQUEST for a call at the provider that can't be this one.
 */
export async function resolveCall(
  context: Recording & Providers & Pick<DispatchContext, "audit">,
  { acting = SYSTEM_ACTING, ...ref }: CallRef,
  resolution: CallResolution,
): Promise<CallRecord> {
  const record = await context.calls.find(ref.callLogId, ref.projectId);
  if (record === undefined) throw noSuchCall();
  const attempt = unknownAttempt(record);
  const resolved =
    resolution.as === "placed"
      ? await bind(context, { record, attempt, acting }, resolution.providerCallId)
      : await giveUp(context, { record, acting }, resolution.as);
  return resolved ?? record;
}

function unknownAttempt(record: CallRecord): Attempt {
  const attempt = currentAttempt(record);
  if (record.status === "Unknown" && attempt.state === "unknown" && attempt.outcome === undefined)
    return attempt;
  throw new CallLogError("CONFLICT", `the call is not unknown: ${record.status}`);
}

async function bind(
  context: Recording & Providers & Pick<DispatchContext, "audit">,
  { record, attempt, acting }: { record: CallRecord; attempt: Attempt; acting: Acting },
  providerCallId: string,
): Promise<CallRecord | undefined> {
  const { provider, snapshot } = await fetchAt(context, attempt, providerCallId);
  requireFit(record, attempt, snapshot);
  const { projectId, toNumber } = record;
  const providerCallIds = [providerCallId];
  const owned = await context.calls.ownedProviderCallIds({ projectId, toNumber, providerCallIds });
  if (owned.size > 0)
    throw new CallLogError("CONFLICT", "providerCallId: is the call of another attempt");
  const { _id: attemptId } = attempt;
  const alongside = (before: CallRecord, after: CallRecord, now: Date) => {
    const bound = attemptById(after, attemptId) ?? attempt;
    const noted = noteStep(bound, "bound", { at: now, by: acting.actor });
    const act = { act: "calls.resolve", acting, facts: { as: "placed", providerCallId } } as const;
    return withAuditLine(context, { before, after: withAttempt(after, noted) }, act);
  };
  return bindAttempt(context, { attemptId, provider, snapshot, alongside });
}

// After a restore it is not known to which provider the attempt went.
async function fetchAt(
  context: Providers,
  attempt: Attempt,
  providerCallId: string,
): Promise<{ provider: string; snapshot: CallSnapshot | undefined }> {
  const { provider } = attempt;
  const names = provider === undefined ? Object.keys(context.providers) : [provider];
  for (const name of names) {
    const asked = providerOf(context, { ...attempt, provider: name });
    const snapshot = await asked.fetchCall(providerCallId);
    if (snapshot !== undefined) return { provider: name, snapshot };
  }
  return { provider: "", snapshot: undefined };
}

function requireFit(
  record: CallRecord,
  attempt: Attempt,
  snapshot: CallSnapshot | undefined,
): asserts snapshot is CallSnapshot {
  if (snapshot === undefined)
    throw new CallLogError("BAD_REQUEST", "providerCallId: the provider knows no such call");
  const { fromNumber = snapshot.fromNumber } = attempt;
  if (snapshot.toNumber !== record.toNumber || snapshot.fromNumber !== fromNumber)
    throw new CallLogError("BAD_REQUEST", "providerCallId: is a call between other numbers");
}

async function giveUp(
  context: Recording & Pick<DispatchContext, "audit">,
  { record: { _id }, acting }: { record: CallRecord; acting: Acting },
  as: "not-placed" | "call-again",
): Promise<CallRecord | undefined> {
  return updateCall(context, _id, (record, now) => {
    const after = givenUp(record, { at: now, by: acting.actor }, as);
    const act = { act: "calls.resolve", acting, facts: { as } } as const;
    return withAuditLine(context, { before: record, after }, act);
  });
}

function givenUp(
  record: CallRecord,
  origin: StepOrigin,
  as: "not-placed" | "call-again",
): CallRecord {
  const { at: now } = origin;
  const attempt = unknownAttempt(record);
  const given = loseAttempt(record, attempt, origin);
  if (as === "not-placed")
    return deriveCallStatus(finished(given, "Failed", "A person found that it was never placed"), {
      now,
      chain: [],
    });
  const number = given.attempts.length + 1;
  const { provider } = attempt;
  const again = plannedAttempt(record._id, number, { dueAt: now, provider });
  return {
    ...given,
    status: "Queued",
    statusMessage: "A person had it called again",
    attempts: [...given.attempts, again],
  };
}
