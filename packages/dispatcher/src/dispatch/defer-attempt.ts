import type { Attempt, CallRecord } from "@call-log/model";

import { updateCall, type Recording } from "../record/update-call.ts";
import { attemptById, withAttempt, withdraw } from "../rules/attempts.ts";
import { deferred, isKeptInDatabase, type PlannedCall } from "../rules/deferral.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { finished } from "../rules/finish-or-retry.ts";
import type { GateAnswer } from "./gate.ts";

/**
 * Defer a planned attempt, with the reason on its call; deferring never uses an attempt. A long wait or a pause is kept in the database alone
 * (true): the sweeper adds a job later. A short one needs its job put back (false).
 */
export async function deferAttempt(
  context: Recording,
  found: PlannedCall,
  deferral: Extract<GateAnswer, { kind: "later" }>,
): Promise<boolean> {
  context.metrics.measure("deferred", { reason: deferral.waitsFor });
  const foundAt = context.now();
  // Most waits are short, and so many that reading each call again would hold up others.
  if (deferred(found, deferral, foundAt) !== undefined)
    await changeWaiting(context, found.attempt, (record, attempt, now) =>
      deferred({ record, attempt }, deferral, now),
    );
  return isKeptInDatabase(deferral, foundAt);
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
