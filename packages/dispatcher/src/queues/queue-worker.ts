import { setTimeout as delay } from "node:timers/promises";

import { JOB_VERSION, jobVersion, QUEUES } from "@call-log/model";
import type { Job, WorkerOptions } from "bullmq";
import { DelayedError, type JobJson, Worker } from "bullmq";
import type { Redis } from "ioredis";

import type { Log } from "../context/log.ts";
import { errorFields } from "../context/log.ts";
import type { Measure } from "../context/metrics.ts";
import type { Outage } from "../context/outage.ts";
import type { OpenSpan, Tracing } from "../context/tracing.ts";
import { processSpan } from "./job-origin.ts";
import { progressWatch } from "./progress-watch.ts";
import { type WorkerBackoff, workerBackoff } from "./worker-backoff.ts";

/** How long a worker whose jobs are done waits for Redis when it closes. */
const CLOSING_PATIENCE_MS = 2000;

/** Milliseconds that a job of a newer release waits for a newer worker before it is offered again. */
const NEWER_JOB_WAIT_MS = 5000;

/** Where and how a worker runs. */
export interface WorkerPlace {
  connection: Redis;
  prefix: string;
  log: Log;
  /** Measures the time of each job. @defaultValue not measured */
  measure?: Measure;
  /** Whether Redis is away. */
  outage: Pick<Outage, "leaveOut" | "quiet">;
  tracing?: Tracing | undefined;
}

/** A running worker. */
export interface QueueWorker extends Closing {
  /** Take no more jobs until this is undone; those under way go on. Loses nothing, however often it is called. */
  keepPaused(isPaused: boolean): void;
  /** How many jobs are under way. */
  activeJobs(): number;
}

/** Something that runs beside the workers, and ends in order. */
export interface Closing {
  /** Take no more jobs, and resolve when those under way are done. */
  close(): Promise<void>;
}

/** A running worker of one queue. */
export interface JobWorker extends QueueWorker {
  /** Name of its queue in Redis. */
  readonly queue: string;
  /** True when only a restart of the process helps: its jobs no longer end, or its loop has ended. */
  isStuck(): boolean;
}

/** Does one job; the token is needed to move it. Its span is undefined where there is no tracing. */
export type Processor = (
  job: Job<unknown>,
  token: string | undefined,
  span?: OpenSpan,
) => Promise<unknown>;

type Started = (job: Job<unknown>, token: string | undefined) => Promise<unknown>;

/** Longest time that a job takes, in milliseconds, unless its queue has another one. */
export const LONGEST_JOB_MS = 180_000;

// A job whose worker was killed is taken up again after 10 to 15 seconds; BullMQ's own 30 to 60 are long at 3 a.m.
const RECOVERY = { lockDuration: 10_000, stalledInterval: 5000 };

/** Run a processor on one of the queues. A failed job is logged with its id, never with what it holds. */
export function runWorker(
  key: keyof typeof QUEUES,
  process: Processor,
  place: WorkerPlace & {
    options: Omit<WorkerOptions, "connection" | "prefix">;
    /** @defaultValue three minutes */
    longestJobMs?: number;
  },
): JobWorker {
  const { connection, prefix, log, options } = place;
  // A round of maintenance belongs to no call.
  const tracing = key === "maintenance" ? undefined : place.tracing;
  const queue = QUEUES[key].name;
  const underWay = new Set<Promise<unknown>>();
  const progress = progressWatch(place.longestJobMs ?? LONGEST_JOB_MS);
  const leaveNewer: Started = async (job, token) => {
    const version = jobVersion(job.data);
    if (version <= JOB_VERSION)
      return processSpan({ tracing, queue }, job, (span) => process(job, token, span));
    log.warn({ queue, jobId: job.id, version }, "a job waits for a worker of a newer release");
    return putBack(job, token, NEWER_JOB_WAIT_MS);
  };
  const tracked: Started = async (job, token) => {
    const end = progress.begin();
    const beganAt = performance.now();
    const work = leaveNewer(job, token);
    underWay.add(work);
    let failed = false;
    try {
      return await work;
    } catch (error) {
      // A postponed job has not failed.
      failed = !(error instanceof DelayedError);
      throw error;
    } finally {
      underWay.delete(work);
      end();
      place.measure?.("job", { queue, seconds: (performance.now() - beganAt) / 1000, failed });
    }
  };
  const worker = new AnyDataWorker(queue, tracked, {
    connection,
    prefix,
    ...RECOVERY,
    ...options,
  });
  const backoff = workerBackoff(worker);
  reportErrors(worker, { log, outage: place.outage, backoff });
  return {
    queue,
    isStuck: () => progress.isStuck() || hasLoopEnded(worker),
    keepPaused(isPaused) {
      backoff.keepPaused(isPaused);
      if (isPaused) pauseInOrder(worker, log);
    },
    activeJobs: () => underWay.size,
    close() {
      backoff.close();
      return closeInTime(worker, underWay);
    },
  };
}

function reportErrors(
  worker: Worker<unknown>,
  { log, outage, backoff }: Pick<WorkerPlace, "log" | "outage"> & { backoff: WorkerBackoff },
): void {
  const queue = worker.name;
  const redisLog = outage.quiet(log);
  worker.on("failed", (job, error) => {
    log.warn({ queue, jobId: job?.id, ...errorFields(error) }, "a job failed");
  });
  worker.on("error", (error) => {
    redisLog.error({ queue, ...errorFields(error) }, "a worker has a problem");
    backoff.onError();
  });
}

// It resolves when the jobs under way are done.
function pauseInOrder(worker: Worker<unknown>, log: Log): void {
  worker.pause().catch((error: unknown) => {
    const fields = { queue: worker.name, ...errorFields(error) };
    log.warn(fields, "a worker was not paused in order");
  });
}

// A worker that is paused or closes has ended its loop on purpose.
function hasLoopEnded(worker: Worker<unknown>): boolean {
  return !worker.isRunning() && !worker.isPaused() && worker.closing === undefined;
}

/**
 * Hands on a job whose data is no JSON as a job that holds that text; BullMQ itself would stumble over it again and
 * again.
 */
class AnyDataWorker extends Worker<unknown> {
  protected override createJob(json: JobJson, jobId: string): Job<unknown> {
    return super.createJob(
      isJson(json.data) ? json : { ...json, data: JSON.stringify(json.data) },
      jobId,
    );
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// BullMQ waits for Redis to close; a process that is to stop can't.
async function closeInTime(
  worker: Worker<unknown>,
  underWay: ReadonlySet<Promise<unknown>>,
): Promise<void> {
  const closed = worker.close();
  await Promise.allSettled(underWay);
  const timer = new AbortController();
  const patience = delay(CLOSING_PATIENCE_MS, undefined, { signal: timer.signal });
  await Promise.race([closed, patience]);
  timer.abort();
}

/** Put the job under way back for so many milliseconds. Always throws: BullMQ expects that. */
export async function putBack(
  job: Job<unknown>,
  token: string | undefined,
  waitMs: number,
): Promise<never> {
  // BullMQ goes by the clock of the process.
  await job.moveToDelayed(Date.now() + Math.max(0, waitMs), token);
  throw new DelayedError();
}
