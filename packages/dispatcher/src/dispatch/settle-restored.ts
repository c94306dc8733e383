import type { Attempt, CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { findOrphanedCalls, mayBeOf } from "../providers/orphaned-calls.ts";
import type { Providers } from "../providers/provider-lookup.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import { attemptById } from "../rules/attempts.ts";
import { afterGap, wasDueInGap, withoutAnswer } from "../rules/restored-call.ts";

/**
 * The call as it may be dialled, or undefined where its planned attempt may have been dialled already, after the backup from which the
 * database was restored: the attempt is unknown then, and the sweeper looks for it.
 */
export async function settleRestored(
  context: Recording & Providers,
  record: CallRecord,
  attempt: Attempt,
): Promise<CallRecord | undefined> {
  const { restored } = record;
  if (restored === undefined) return record;
  const isOpen = !wasDueInGap(record, attempt) && (await isUndialled(context, record));
  const settled = await updateCall(context, record._id, (current, now) => {
    const planned = attemptById(current, attempt._id);
    if (planned?.state !== "planned" || current.restored === undefined) return undefined;
    return isOpen ? afterGap(current) : withoutAnswer(current, planned, now);
  });
  return isOpen ? settled : undefined;
}

// Not due before the restore; only "call now", or a wait that somebody ended, can have had it dialled.
async function isUndialled(
  context: Providers & Pick<DispatchContext, "calls" | "log">,
  record: CallRecord,
): Promise<boolean> {
  const { _id, restored } = record;
  if (restored === undefined) return true;
  try {
    const found = await findOrphanedCalls(context, record, restored);
    return !found.some(({ snapshot }) => mayBeOf(record, snapshot));
  } catch (error) {
    context.log.warn(
      { callLogId: _id, ...errorFields(error) },
      "a restored call can't be looked for at a provider; it is looked for again later",
    );
    return false;
  }
}
