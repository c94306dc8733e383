import { setTimeout as delay } from "node:timers/promises";

import { JOB_VERSION, jobVersion, QUEUES } from "@call-log/model";
import type { Job, WorkerOptions } from "bullmq";
import { DelayedError, type JobJson, Worker } from "bullmq";
import type { Redis } from "ioredis";

import type { Log } from "../context/log.ts";
import { errorFields } from "../context/log.ts";
import { workerBackoff } from "./worker-backoff.ts";

/** How long a worker whose jobs are done waits for Redis when it closes. */
const CLOSING_PATIENCE_MS = 2000;

/** Milliseconds that a job of a newer release waits for a newer worker before it is offered again. */
const NEWER_JOB_WAIT_MS = 5000;

/** Where and how a worker runs. */
export interface WorkerPlace {
  connection: Redis;
  prefix: string;
  log: Log;
}

/** A running worker. */
export interface QueueWorker {
  /** Take no more jobs, and resolve when those under way are done. */
  close(): Promise<void>;
}

/** Does one job; the token is needed to move it. */
export type Processor = (job: Job<unknown>, token: string | undefined) => Promise<unknown>;

// A job whose worker was killed is taken up again after 10 to 15 seconds; BullMQ's own 30 to 60 are long at 3 a.m.
const RECOVERY = { lockDuration: 10_000, stalledInterval: 5000 };

/** Run a processor on one of the queues. A failed job is logged with its id, never with what it holds. */
export function runWorker(
  key: keyof typeof QUEUES,
  process: Processor,
  place: WorkerPlace & { options: Omit<WorkerOptions, "connection" | "prefix"> },
): QueueWorker {
  const { connection, prefix, log, options } = place;
  const queue = QUEUES[key].name;
  const underWay = new Set<Promise<unknown>>();
  const leaveNewer: Processor = async (job, token) => {
    const version = jobVersion(job.data);
    if (version <= JOB_VERSION) return process(job, token);
    log.warn({ queue, jobId: job.id, version }, "a job waits for a worker of a newer release");
    return putBack(job, token, NEWER_JOB_WAIT_MS);
  };
  const tracked: Processor = async (job, token) => {
    const work = leaveNewer(job, token);
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  const worker = new AnyDataWorker(queue, tracked, {
    connection,
    prefix,
    ...RECOVERY,
    ...options,
  });
  worker.on("failed", (job, error) => {
    log.warn({ queue, jobId: job?.id, ...errorFields(error) }, "a job failed");
  });
  const backoff = workerBackoff(worker);
  worker.on("error", (error) => {
    log.error({ queue, ...errorFields(error) }, "a worker has a problem");
    backoff.onError();
  });
  return {
    close() {
      backoff.close();
      return closeInTime(worker, underWay);
    },
  };
}

/** Hands on a job whose data is no JSON as a job that holds that text; BullMQ itself would stumble over it again and again. */
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
