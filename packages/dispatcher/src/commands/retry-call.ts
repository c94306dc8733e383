import type { AlertOrigin, CallRecord, CallRequest } from "@call-log/model";
import { CallLogError, isFinalStatus, newCallLogId, SYSTEM_ACTING } from "@call-log/model";

import type { Acceptance, Accepting, Intake } from "../accept/accept-call.ts";
import { acceptCall } from "../accept/accept-call.ts";
import { relations } from "../accept/new-call-record.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { withoutUndefined } from "../rules/without-undefined.ts";
import type { CallRef } from "./call-ref.ts";
import { noSuchCall } from "./call-ref.ts";

/**
 * Call again: a new call log from the plan of one that is over, linked to it. Asking twice gives the same new call log; to call once
 * more, call that one again. NOT_FOUND for another project's call, CONFLICT while it is open or its spoken text is deleted.
 */
export async function retryCall(
  context: Accepting,
  { projectId, callLogId, acting = SYSTEM_ACTING }: CallRef,
  bulk?: Intake["bulk"],
): Promise<Acceptance> {
  const record = await context.calls.find(callLogId, projectId);
  if (record === undefined) throw noSuchCall();
  const reason = reasonAgainst(record);
  if (reason !== undefined) throw new CallLogError("CONFLICT", reason);
  return acceptCall(context, {
    projectId,
    request: requestOf(record),
    dedupeKey: retryKey(callLogId),
    retryOf: callLogId,
    bulk,
    alertOrigin: record.alertOrigin && withoutEnd(record.alertOrigin),
    acting,
  });
}

/**
 * The call log that calls this one again, or undefined when nobody has called it again; by its key, not by a search.
 */
export async function calledAgain(
  { calls }: Pick<DispatchContext, "calls">,
  { projectId, callLogId }: CallRef,
): Promise<CallRecord | undefined> {
  return calls.find(newCallLogId({ projectId, idempotencyKey: retryKey(callLogId) }), projectId);
}

function retryKey(callLogId: string): string {
  return `retry-of:${callLogId}`;
}

/** Why a call can't be called again, or undefined when it can. */
export function reasonAgainst({ status, plan }: CallRecord): string | undefined {
  if (status === "Unknown")
    return "the provider may or may not have placed this call; it can't be called again while that is unknown";
  if (!isFinalStatus(status)) return `the call is not over yet: ${status}`;
  if (plan.steps.length > 0) return undefined;
  return plan.sensitive
    ? "the spoken text of this sensitive call was deleted when it ended; send a new request"
    : "what was said in this call is not known; send a new request";
}

// Who calls again wants the call, also of an alert that is over.
function withoutEnd({ stoppedAt: _end, ...alert }: AlertOrigin): AlertOrigin {
  return alert;
}

function requestOf(record: CallRecord): CallRequest {
  const { plan, toNumber, fromNumber, tags } = record;
  return withoutUndefined<CallRequest>({
    toNumber,
    fromNumber,
    say: plan.steps,
    language: plan.language,
    voice: plan.voice,
    idempotencyKey: undefined,
    purpose: plan.purpose,
    priority: plan.priority,
    timeZone: plan.timeZone,
    scheduledAt: undefined,
    deadlineAt: undefined,
    retry: plan.retry,
    reachedWhen: plan.reachedWhen,
    onUnknown: plan.onUnknown,
    sensitive: plan.sensitive,
    timeLimitSeconds: plan.timeLimitSeconds,
    ringTimeoutSeconds: plan.ringTimeoutSeconds,
    tags,
    notify: record.notify,
    ...relations(record),
  });
}
