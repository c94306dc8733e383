import { setTimeout as delay } from "node:timers/promises";

import type { CallRecord } from "@call-log/model";

import type { DelayedDispatch, DispatchContext, Urgency } from "../dispatch-context.ts";
import { errorFields } from "../log.ts";
import { currentAttempt } from "../rules/attempts.ts";
import { secondsBetween } from "../rules/seconds.ts";
import { JOB_AHEAD_SECONDS } from "../rules/wake-time.ts";

/** Longest that an answer waits for the jobs of its calls, in milliseconds. */
const LONGEST_WAIT_MS = 2000;

/**
 * Add the jobs of planned attempts that are due within a minute. A queue that is away loses nothing: the record stands, and
 * the sweeper adds the job later. A slow queue goes on by itself.
 */
export async function enqueueCalls(
  context: DispatchContext,
  records: readonly CallRecord[],
  urgency: Urgency = "new",
): Promise<void> {
  const now = context.now();
  const dispatches = records.flatMap((record) => dispatchOf(record, now));
  if (dispatches.length === 0) return;
  const added = context.outbox.addDispatches(dispatches, urgency).catch((error: unknown) => {
    context.tally.add("jobsNotAdded", dispatches.length);
    const fields = { callLogId: records[0]?._id, jobs: dispatches.length, ...errorFields(error) };
    context.log.warn(fields, "jobs were not added; the sweeper adds them later");
  });
  const patience = new AbortController();
  const { signal } = patience;
  const tooLong = delay(LONGEST_WAIT_MS, undefined, { ref: false, signal }).catch(() => undefined);
  await Promise.race([added, tooLong]);
  patience.abort();
}

function dispatchOf(record: CallRecord, now: Date): DelayedDispatch[] {
  const attempt = currentAttempt(record);
  const wait = secondsBetween(now, attempt.dueAt);
  if (attempt.state !== "planned" || wait > JOB_AHEAD_SECONDS) return [];
  const { projectId, _id: callLogId } = record;
  const job = { projectId, callLogId, attemptNumber: attempt.number };
  const delayMs = Math.max(0, Math.ceil(wait * 1000));
  const isEmergency = record.plan.priority === "emergency";
  return [{ attemptId: attempt._id, job, delayMs, ...(isEmergency && { goesFirst: true }) }];
}
