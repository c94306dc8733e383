import { CallLogError } from "@call-log/model";
import type { Job } from "bullmq";
import { UnrecoverableError } from "bullmq";

import { takeRequest } from "../accept/take-request.ts";
import type { DispatchContext } from "../dispatch-context.ts";
import { errorFields } from "../log.ts";
import type { QueueWorker, WorkerPlace } from "./queue-worker.ts";
import { putBack, runWorker } from "./queue-worker.ts";

/** A request that can't be written now comes again after 1, 2, 4 … 60 seconds: for 16 hours. */
const MAX_STARTS = 1000;
const LONGEST_WAIT_SECONDS = 60;
const KEPT_FAILURES = 1000;

/** Run the worker of `call-requests`. A job that is not valid fails for good, in words; while the database is away a job comes again. */
export function startCallRequestWorker(context: DispatchContext, place: WorkerPlace): QueueWorker {
  return runWorker("requests", (job, token) => process(context, job, token), {
    ...place,
    options: {
      concurrency: context.settings.requestConcurrency,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: KEPT_FAILURES },
      maxStalledCount: 5,
    },
  });
}

async function process(
  context: DispatchContext,
  job: Job<unknown>,
  token: string | undefined,
): Promise<unknown> {
  const { id, timestamp, data, attemptsStarted } = job;
  try {
    return await takeRequest(context, { id, timestamp, data });
  } catch (error) {
    if (error instanceof CallLogError && error.code !== "SERVICE_UNAVAILABLE") {
      context.tally.add("invalidRequests");
      throw new UnrecoverableError(error.message);
    }
    if (attemptsStarted >= MAX_STARTS) throw error;
    context.log.warn({ jobId: id, ...errorFields(error) }, "a queued request has to wait");
    const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, 2 ** Math.max(0, attemptsStarted - 1));
    return putBack(job, token, waitSeconds * 1000);
  }
}
