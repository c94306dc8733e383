import type { AlertOrigin, AttemptState, CallRecord } from "@call-log/model";
import { isFinalStatus, SYSTEM_ACTING } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { Providers } from "../providers/provider-lookup.ts";
import { endRinging } from "../record/end-at-provider.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import {
  currentAttempt,
  isCancelRequested,
  noteStep,
  withAttempt,
  withdraw,
} from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { finished } from "../rules/finish-or-retry.ts";
import { withAuditLine } from "./with-audit-line.ts";

/** How an alert ended at its source. */
export type AlertEnd = "resolved" | "acknowledged";

/** What it takes to stop a call whose alert has ended. */
export type Stopping = Recording & Providers & Pick<DispatchContext, "audit">;

/** What became of the call of an alert that ended. */
export interface StoppedCall {
  callLogId: string;
  /** Whether it was canceled, or will not be tried again. */
  isStopped: boolean;
  reason: string;
}

const CANCELED = "its call was canceled";
const ENDED_LATER = "its call is ended as soon as the provider is known to have it";
const GOES_ON = "its call goes on, and no attempt follows";

/** What becomes of a call that nobody has answered, by the state of its attempt. */
const STOPPED: Readonly<Partial<Record<AttemptState, string>>> = {
  planned: CANCELED,
  submitting: ENDED_LATER,
  unknown: ENDED_LATER,
  accepted: CANCELED,
  ringing: CANCELED,
};

/**
 * Note on a call that its alert has ended, and with `cancels` stop it: one that waits is canceled, one that rings is ended at the
 * provider, one that is being handed over is ended as soon as the provider is known to have it, and one that somebody has answered goes on
 * and is not tried again. A call that is over or acknowledged stays as it is.
 */
export async function stopAlertCall(
  context: Stopping,
  callLogId: string,
  { end, cancels }: { end: AlertEnd; cancels: boolean },
): Promise<StoppedCall> {
  let before: CallRecord | undefined;
  const after = await updateCall(context, callLogId, (record, now) => {
    before = record;
    return stopped(context, record, { end, cancels, now });
  });
  if (before === undefined || after === undefined)
    return { callLogId, isStopped: false, reason: "the call is gone" };
  const reason = reasonOf(before, { end, cancels });
  if (reason.isStopped && !isFinalStatus(after.status)) await endRinging(context, after);
  return { callLogId, ...reason };
}

interface Stop {
  end: AlertEnd;
  cancels: boolean;
  now: Date;
}

function stopped(context: Stopping, record: CallRecord, { end, cancels, now }: Stop): CallRecord {
  const origin = record.alertOrigin;
  if (origin === undefined) return record;
  const isStop = cancels && isOpen(record);
  const isNews =
    (end === "resolved" && origin.resolvedAt === undefined) ||
    (isStop && origin.stoppedAt === undefined);
  if (!isNews) return record;
  const alertOrigin: AlertOrigin = {
    ...origin,
    ...(end === "resolved" && { resolvedAt: origin.resolvedAt ?? now }),
    ...(isStop && { stoppedAt: origin.stoppedAt ?? now }),
  };
  const noted = { ...record, alertOrigin };
  if (!isStop) return noted;
  const after = canceled(noted, end, now);
  if (after === noted) return noted;
  return withAuditLine(
    context,
    { before: record, after },
    { act: "calls.cancel", acting: SYSTEM_ACTING },
  );
}

function canceled(record: CallRecord, end: AlertEnd, now: Date): CallRecord {
  const attempt = currentAttempt(record);
  const step = { at: now, by: SYSTEM_ACTING.actor, reason: `${end} at the source` };
  if (attempt.state === "planned") {
    const withdrawn = withAttempt(record, withdraw(attempt, step));
    const final = finished(withdrawn, "Canceled", `Canceled: its alert was ${end} at the source`);
    return deriveCallStatus(final, { now, chain: [] });
  }
  if (!isUnanswered(record) || isCancelRequested(attempt)) return record;
  return withAttempt(record, noteStep(attempt, "canceled", step));
}

function isOpen(record: CallRecord): boolean {
  return !isFinalStatus(record.status) && record.acknowledgedAt === undefined;
}

function isUnanswered(record: CallRecord): boolean {
  const { state, outcome } = currentAttempt(record);
  return outcome === undefined && STOPPED[state] !== undefined;
}

function reasonOf(
  record: CallRecord,
  { end, cancels }: Omit<Stop, "now">,
): Pick<StoppedCall, "isStopped" | "reason"> {
  if (record.acknowledgedAt !== undefined)
    return { isStopped: false, reason: "its call was acknowledged" };
  if (isFinalStatus(record.status))
    return { isStopped: false, reason: `its call was over: ${record.status}` };
  if (!cancels) return { isStopped: false, reason: "the rule of the source cancels no calls" };
  const what = STOPPED[currentAttempt(record).state] ?? GOES_ON;
  return { isStopped: true, reason: `${end} at the source; ${what}` };
}
