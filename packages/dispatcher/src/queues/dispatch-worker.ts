import { attemptIdOf, type DispatchJob, dispatchJob } from "@call-log/model";
import type { BackloggedAttempt } from "@call-log/store";

import { attemptAttributes } from "../context/call-span.ts";
import { withFields } from "../context/log.ts";
import {
  dispatchAttempt,
  type Dispatching,
  type DispatchResult,
} from "../dispatch/dispatch-attempt.ts";
import type { BacklogFeeder } from "./backlog-feeder.ts";
import { originOf } from "./job-origin.ts";
import type { JobWorker, WorkerPlace } from "./queue-worker.ts";
import { LONGEST_JOB_MS, putBack, runWorker } from "./queue-worker.ts";

/** A dispatch job asks the provider within its claim's deadline; the rest is time-outs of the database. */
const LONGEST_CLAIMS = 3;

/**
 * Run the worker of `call-dispatch`. A job is never run twice by itself: a stalled one fails, and the sweeper takes
 * over.
 */
export function startDispatchWorker(
  context: Dispatching,
  { feeder, ...place }: WorkerPlace & { feeder: Pick<BacklogFeeder, "attemptDone"> },
): JobWorker {
  return runWorker(
    "dispatch",
    async (job, token, span) => {
      const dispatch = dispatchJob.parse(job.data);
      const { projectId, callLogId, attemptNumber } = dispatch;
      const attemptId = attemptIdOf(callLogId, attemptNumber);
      span?.set(attemptAttributes({ _id: callLogId, projectId }, { number: attemptNumber }));
      const { requestId } = originOf(job);
      const log = withFields(context.log, { requestId, callLogId, attemptId });
      const result = await dispatchAttempt({ ...context, log }, dispatch);
      if (result.kind === "done") return feeder.attemptDone();
      if (await context.jobQueue.hasRoomToWait())
        await putBack(job, token, result.at.getTime() - context.now().getTime());
      const traceparent = context.tracing?.active();
      await context.backlog.add([{ ...comingBack(dispatch, result), traceparent }]);
    },
    {
      ...place,
      longestJobMs: Math.max(
        LONGEST_JOB_MS,
        LONGEST_CLAIMS * context.settings.claimDeadlineSeconds * 1000,
      ),
      options: { concurrency: context.settings.dispatchConcurrency, maxStalledCount: 0 },
    },
  );
}

/** An attempt that was told a time, for the backlog. */
export function comingBack(
  job: DispatchJob,
  { at, priority }: Extract<DispatchResult, { kind: "later" }>,
): BackloggedAttempt {
  const { projectId, callLogId, attemptNumber } = job;
  const attemptId = attemptIdOf(callLogId, attemptNumber);
  const place = { attemptId, projectId, callLogId, attemptNumber };
  return { ...place, priority, dueAt: at, comesBack: true };
}
