import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "./dispatch-context.ts";
import { enqueueCalls } from "./enqueue-call.ts";
import { releaseFence } from "./purpose-fence.ts";
import { withWakeTime } from "./wake-time.ts";

/** More than the writers that meet on one call at a time: each round one of them gets through. */
const MAX_TRIES = 30;

/** A rule: the record as it has to be now, or undefined (or the same record) when nothing changes. */
export type CallChange = (
  record: CallRecord,
  now: Date,
) => CallRecord | undefined | Promise<CallRecord | undefined>;

/**
 * Apply a rule to a call and write it if nobody else wrote meanwhile; else read and decide again. A newly planned attempt gets
 * its job. The record as it stands then, or undefined when there is none; rejects after 30 lost races.
 */
export async function changeCall(
  context: DispatchContext,
  callLogId: string,
  change: CallChange,
): Promise<CallRecord | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const record = await context.calls.find(callLogId);
    if (record === undefined) return undefined;
    const now = context.now();
    const changed = await change(record, now);
    if (changed === undefined || changed === record) return record;
    const { settings } = context;
    const written = await context.calls.replace(withWakeTime(changed, { now, settings }));
    if (written === undefined) continue;
    await releaseFence(context, written);
    if (written.attempts.length > record.attempts.length) await enqueueCalls(context, [written]);
    return written;
  }
  throw new Error(`call ${callLogId} was changed by others ${MAX_TRIES} times in a row`);
}
