import type { Attempt, CallRecord } from "@call-log/model";

import { updateCall, type Recording } from "../record/update-call.ts";
import { attemptById, withAttempt, withdraw } from "../rules/attempts.ts";
import { deferred, isKeptInDatabase } from "../rules/deferral.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { finished } from "../rules/finish-or-retry.ts";
import type { GateAnswer } from "./gate.ts";

/**
 * Defer a planned attempt, with the reason on its call; deferring never uses an attempt. A long wait or a pause is kept in the database alone
 * (true): the sweeper adds a job later. A short one needs its job put back (false).
 */
export async function deferAttempt(
  context: Recording,
  attempt: Attempt,
  deferral: Extract<GateAnswer, { kind: "later" }>,
): Promise<boolean> {
  context.metrics.measure("deferred", { reason: deferral.waitsFor });
  const isKept = isKeptInDatabase(deferral, context.now());
  await changeWaiting(context, attempt, (record, current, now) =>
    deferred({ record, attempt: current }, deferral, now),
  );
  return isKept;
}

/** End a call whose planned attempt must not be dialled. */
export async function refuse(
  context: Recording,
  attempt: Attempt,
  { status, message }: Extract<GateAnswer, { kind: "refused" }>,
): Promise<void> {
  await changeWaiting(context, attempt, (record, current, now) => {
    const withdrawn = withAttempt(record, withdraw(current, now));
    return deriveCallStatus(finished(withdrawn, status, message), { now, chain: [] });
  });
}

async function changeWaiting(
  context: Recording,
  { _id }: Attempt,
  change: (record: CallRecord, attempt: Attempt, now: Date) => CallRecord | undefined,
): Promise<void> {
  const callLogId = _id.slice(0, _id.lastIndexOf("-"));
  await updateCall(context, callLogId, (record, now) => {
    const current = attemptById(record, _id);
    return current?.state === "planned" ? change(record, current, now) : undefined;
  });
}
