import type { Acting, CallRecord } from "@call-log/model";
import { CallLogError, isFinalStatus, SYSTEM_ACTING, WAIT_REASONS } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { enqueueAttempts } from "../record/enqueue-attempt.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import { currentAttempt, noteStep } from "../rules/attempts.ts";
import { released } from "../rules/deferral.ts";
import type { CallRef } from "./call-ref.ts";
import { noSuchCall } from "./call-ref.ts";
import { withAuditLine } from "./with-audit-line.ts";

/**
 * Have a call that waits dialled now, for a reason in words: past its time, its backoff, quiet hours and the limits to its number; never past
 * what `WAIT_REASONS` keeps. Asked again for the same attempt, nothing new happens. The call as it stands then. NOT_FOUND for another project's
 * call, CONFLICT for one that does not wait, or waits for what can't be passed.
 */
export async function callNow(
  context: Recording & Pick<DispatchContext, "audit">,
  { acting = SYSTEM_ACTING, ...ref }: CallRef,
  reason: string,
): Promise<CallRecord> {
  let isNew = false;
  const record = await updateCall(context, ref.callLogId, (before, now) => {
    if (before.projectId !== ref.projectId) throw noSuchCall();
    const isKnown = currentAttempt(before).callNowAt !== undefined;
    isNew = !isKnown || isFinalStatus(before.status);
    if (!isNew) return undefined;
    const after = dueNow(before, { now, acting, reason });
    const facts = { reason, waitedFor: before.waitsFor };
    return withAuditLine(context, { before, after }, { act: "calls.call-now", acting, facts });
  });
  if (record === undefined) throw noSuchCall();
  if (isNew) await enqueueAttempts(context, [record], "now");
  return record;
}

function dueNow(
  record: CallRecord,
  { now, acting, reason }: { now: Date; acting: Acting; reason: string },
): CallRecord {
  const refusal = refusalOf(record, now);
  if (refusal !== undefined) throw new CallLogError("CONFLICT", refusal);
  const origin = { at: now, by: acting.actor, reason };
  const noted = noteStep(currentAttempt(record), "call-now", origin);
  return released(record, { ...noted, callNowAt: now }, now);
}

function refusalOf({ status, waitsFor, ...record }: CallRecord, now: Date): string | undefined {
  const { state } = currentAttempt({ status, ...record });
  if (isFinalStatus(status)) return `the call is over: ${status}`;
  if (state !== "planned") return `the call does not wait: ${status}`;
  if (record.deadlineAt !== undefined && record.deadlineAt <= now)
    return "its deadline has passed; it is about to become Expired";
  if (waitsFor === undefined) return undefined;
  const { wording, callNow: allowed } = WAIT_REASONS[waitsFor];
  return allowed === true ? undefined : `${wording}, and "call now" does not pass that: ${allowed}`;
}
