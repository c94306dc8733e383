import type { Actor, AttemptState, CallRecord } from "@call-log/model";
import { CallLogError, isFinalStatus, SYSTEM_ACTING } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { Providers } from "../providers/provider-lookup.ts";
import { endAtProvider } from "../record/end-at-provider.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import {
  currentAttempt,
  isCancelRequested,
  isLive,
  noteStep,
  withAttempt,
  withdraw,
} from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { finished } from "../rules/finish-or-retry.ts";
import { type CallRef, noSuchCall } from "./call-ref.ts";
import { withAuditLine } from "./with-audit-line.ts";

const HANDED_OVER = "the call is being handed to the provider; try again in a moment";

/** Why an attempt in this state can't be canceled at this moment. */
const REFUSALS: Readonly<Partial<Record<AttemptState, string>>> = {
  submitting: HANDED_OVER,
  unknown:
    "the provider may or may not have placed this call; it can't be canceled while that is unknown",
};

/**
 * Cancel a call: at once while it waits, else by ending it at the provider; no further attempt follows. Returns the call
 * afterwards. NOT_FOUND for another project's call, CONFLICT for one that is over, being handed over, or unknown, SERVICE_UNAVAILABLE
 * when the provider can't be asked. `check` throws for a call that is to stay.
 */
export async function cancelCall(
  context: Recording & Providers & Pick<DispatchContext, "audit">,
  { acting = SYSTEM_ACTING, ...ref }: CallRef,
  check: (record: CallRecord) => void = () => undefined,
): Promise<CallRecord> {
  const marked = await updateCall(context, ref.callLogId, (record, now) => {
    if (record.projectId !== ref.projectId) throw noSuchCall();
    check(record);
    const after = canceled(record, now, acting.actor);
    return withAuditLine(context, { before: record, after }, { act: "calls.cancel", acting });
  });
  if (marked === undefined) throw noSuchCall();
  const attempt = currentAttempt(marked);
  if (isFinalStatus(marked.status) || attempt.providerCallId === undefined) return marked;
  return endAtProvider(context, marked, { ...attempt, providerCallId: attempt.providerCallId });
}

function canceled(record: CallRecord, now: Date, by: Actor): CallRecord {
  if (isFinalStatus(record.status)) throw conflict(`the call is over: ${record.status}`);
  const attempt = currentAttempt(record);
  const refusal = REFUSALS[attempt.state];
  if (refusal !== undefined) throw conflict(refusal);
  if (attempt.state === "planned") {
    const withdrawn = withAttempt(record, withdraw(attempt, { at: now, by }));
    const final = finished(withdrawn, "Canceled", "Canceled before it was dialled");
    return deriveCallStatus(final, { now, chain: [] });
  }
  if (isLive(attempt) && attempt.providerCallId === undefined) throw conflict(HANDED_OVER);
  const noted = isCancelRequested(attempt)
    ? record
    : withAttempt(record, noteStep(attempt, "canceled", { at: now, by }));
  return deriveCallStatus(noted, { now, chain: [], settled: true });
}

function conflict(text: string): CallLogError {
  return new CallLogError("CONFLICT", text);
}
