import type { CallRecord } from "@call-log/model";
import type { BackloggedAttempt } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import type { DelayedDispatch, Urgency } from "../context/job-queue.ts";
import { errorFields } from "../context/log.ts";
import { parentFor } from "../context/tracing.ts";
import { currentAttempt } from "../rules/attempts.ts";
import { comesBack, withWaitInLine } from "../rules/place-in-line.ts";
import { secondsAfter, secondsBetween } from "../rules/seconds.ts";
import { JOB_AHEAD_SECONDS } from "../rules/wake-time.ts";

/** What it takes to add jobs. */
type Enqueueing = Pick<
  DispatchContext,
  "calls" | "jobQueue" | "backlog" | "limiter" | "now" | "log" | "metrics" | "tracing" | "requestId"
>;

/** Longest that an answer waits for the jobs of its calls, in milliseconds. */
const LONGEST_WAIT_MS = 2000;
/** A call that waits in the backlog is looked at after this time: the backlog, not the sweeper, brings it back. */
const BACKLOG_LOOK_SECONDS = 3600;

/**
 * Add the jobs of planned attempts that are due within a minute; those above the capacity of the queue wait in the backlog. A queue that
 * is away loses nothing: the record stands, and the sweeper adds the job later. A slow queue goes on by itself. The ids of the calls that are in the backlog.
 */
export async function enqueueAttempts(
  context: Enqueueing,
  records: readonly CallRecord[],
  urgency: Urgency = "new",
): Promise<string[]> {
  const now = context.now();
  const { requestId } = context;
  const dispatches = records.flatMap((record) =>
    dispatchOf(record, now, urgency).map((dispatch) => ({
      ...dispatch,
      traceparent: parentFor(context.tracing, record),
      requestId,
    })),
  );
  if (dispatches.length === 0) return [];
  const added = addOrKeep(context, { records, dispatches, urgency }).catch((error: unknown) => {
    context.metrics.add("jobsNotAdded", dispatches.length);
    const fields = { callLogId: records[0]?._id, jobs: dispatches.length, ...errorFields(error) };
    if (context.jobQueue.isAway !== true)
      context.log.warn(fields, "jobs were not added; the sweeper adds them later");
    return [];
  });
  // Not by a signal: an error with its stack would be made for each request.
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<string[]>((resolve) => {
    timer = setTimeout(resolve, LONGEST_WAIT_MS, []).unref();
  });
  const kept = await Promise.race([added, tooLong]);
  clearTimeout(timer);
  return kept;
}

/** Calls, and the jobs of those that are due. */
interface Batch {
  records: readonly CallRecord[];
  dispatches: readonly DelayedDispatch[];
  urgency: Urgency;
}

async function addOrKeep(context: Enqueueing, given: Batch): Promise<string[]> {
  const { calls, jobQueue, backlog, now } = context;
  const farOff = await idsFarOff(context, given);
  const added = given.dispatches.filter(({ job }) => !farOff.has(job.callLogId));
  const left = await jobQueue.addDispatches(added, given.urgency);
  const ids = new Set([...farOff, ...left.map(({ job }) => job.callLogId)]);
  const kept = given.records.filter(({ _id }) => ids.has(_id));
  await backlog.add(kept.map(backlogged));
  await calls.putOff(kept.map(withWaitInLine), secondsAfter(now(), BACKLOG_LOOK_SECONDS));
  return [...ids];
}

/** Calls of a batch that would only be looked at and sent away: others of their class find no turn soon. A single one is tried. */
async function idsFarOff(
  { limiter, now }: Pick<Enqueueing, "limiter" | "now">,
  { records, dispatches }: Batch,
): Promise<Set<string>> {
  if (dispatches.length === 1) return new Set();
  const classes = await limiter.farOff(now());
  const isNew = new Set(
    dispatches.flatMap(({ job, comesBack }) => (comesBack ? [] : job.callLogId)),
  );
  const isFarOff = ({ projectId, plan: { priority = "normal" } }: CallRecord) =>
    classes.some((one) => one.projectId === projectId && one.priority === priority);
  const farOff = records.filter((record) => isNew.has(record._id) && isFarOff(record));
  return new Set(farOff.map(({ _id }) => _id));
}

function backlogged(record: CallRecord): BackloggedAttempt {
  const { _id: attemptId, number: attemptNumber, dueAt } = currentAttempt(record);
  const { projectId, _id: callLogId, plan, traceparent } = record;
  const { priority } = plan;
  const place = { attemptId, projectId, callLogId, attemptNumber, priority, dueAt };
  return {
    ...place,
    ...(traceparent !== undefined && { traceparent }),
    ...(comesBack(record) && { comesBack: true }),
  };
}

function dispatchOf(record: CallRecord, now: Date, urgency: Urgency): DelayedDispatch[] {
  const attempt = currentAttempt(record);
  const wait = secondsBetween(now, attempt.dueAt);
  if (attempt.state !== "planned" || wait > JOB_AHEAD_SECONDS) return [];
  const { projectId, _id: callLogId } = record;
  const job = { projectId, callLogId, attemptNumber: attempt.number };
  const delayMs = Math.max(0, Math.ceil(wait * 1000));
  const isEmergency = record.plan.priority === "emergency";
  return [
    {
      attemptId: attempt._id,
      job,
      delayMs,
      ...(isEmergency && { goesFirst: true }),
      ...(urgency === "now" && { isEarlier: true }),
      ...(comesBack(record) && { comesBack: true }),
    },
  ];
}
