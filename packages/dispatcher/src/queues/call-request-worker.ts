import { CallLogError } from "@call-log/model";
import type { Job } from "bullmq";
import { UnrecoverableError } from "bullmq";

import type { Accepting } from "../accept/accept-call.ts";
import { acceptJob } from "../accept/accept-job.ts";
import { isLastStart, jobFailureOf } from "../accept/job-failure.ts";
import { refuseRequest } from "../accept/refuse-request.ts";
import { settleAccepted } from "../accept/settle-dead-letter.ts";
import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import type { OpenSpan } from "../context/tracing.ts";
import type { JobWorker, WorkerPlace } from "./queue-worker.ts";
import { putBack, runWorker } from "./queue-worker.ts";

/** What it takes to accept a queued request, or to keep a refused one. */
type Requests = Accepting & Pick<DispatchContext, "deadLetters">;

/** A job that waits comes again after 1, 2, 4 … 60 seconds. */
const LONGEST_WAIT_SECONDS = 60;
/** How many failed jobs Redis keeps, and for how many seconds; the dead letters are the record. */
const KEPT_FAILURES = { count: 100, age: 86_400 };
/** How many workers may die during one job before it counts as the cause. */
const MOST_STALLED = 5;

/**
 * Run the worker of `call-requests`. A job that is refused is kept as a dead letter and then fails for good, in words; while the database is
 * away a job comes again.
 */
export function startCallRequestWorker(context: Requests, place: WorkerPlace): JobWorker {
  const limited = { ...context, log: place.log };
  return runWorker("requests", (job, token, span) => process(limited, { job, token, span }), {
    ...place,
    options: {
      concurrency: context.settings.requestConcurrency,
      removeOnComplete: { count: 0 },
      removeOnFail: KEPT_FAILURES,
      // BullMQ would fail such a job without a word; `process` counts by itself.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
    },
  });
}

async function process(
  context: Requests,
  {
    job,
    token,
    span,
  }: { job: Job<unknown>; token: string | undefined; span?: OpenSpan | undefined },
): Promise<unknown> {
  const { id, timestamp, data, attemptsStarted } = job;
  const request = { id, timestamp, data };
  try {
    if (job.stalledCounter > MOST_STALLED) throw new Error("workers died while they ran it");
    const acceptance = await acceptJob(context, request);
    span?.set({ "call_log.call_id": acceptance._id });
    if (attemptsStarted > 1) await settleAccepted(context, request, acceptance);
    return acceptance;
  } catch (error) {
    const failure = jobFailureOf(error);
    const isOver = isLastStart(failure, attemptsStarted) || job.stalledCounter > MOST_STALLED;
    if (isOver) return refuse(context, job, { error, token });
    context.log.warn({ jobId: id, failure, ...errorFields(error) }, "a queued request has to wait");
    return putBackFor(job, token);
  }
}

async function refuse(
  context: Pick<Requests, "deadLetters" | "projects" | "metrics" | "log">,
  job: Job<unknown>,
  { error, token }: { error: unknown; token: string | undefined },
): Promise<never> {
  const { id: jobId, timestamp, data, attemptsStarted: attempts } = job;
  try {
    const refused = await refuseRequest(context, { id: jobId, timestamp, data, attempts }, error);
    const { reason, ...fields } = refused;
    const unclear = error instanceof CallLogError ? {} : errorFields(error);
    context.log.warn({ jobId, ...fields, ...unclear }, "a call request was refused");
    throw new UnrecoverableError(reason);
  } catch (failed) {
    if (failed instanceof UnrecoverableError) throw failed;
    const text = "a call request is refused, and waits until that can be written";
    context.log.warn({ jobId, ...errorFields(failed) }, text);
    return putBackFor(job, token);
  }
}

function putBackFor(job: Job<unknown>, token: string | undefined): Promise<never> {
  const waits = Math.max(0, job.attemptsStarted - 1);
  return putBack(job, token, 1000 * Math.min(LONGEST_WAIT_SECONDS, 2 ** waits));
}
