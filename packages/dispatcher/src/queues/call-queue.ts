import { JOB_VERSION, QUEUES } from "@call-log/model";
import type { BulkJobOptions } from "bullmq";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";

import type { Tracing } from "../context/tracing.ts";
import { carrierOf, type JobOrigin, sendSpan } from "./job-origin.ts";
import { connected } from "./redis-connection.ts";

/** Where a queue lives. */
export interface QueuePlace {
  connection: Redis;
  prefix: string;
  tracing?: Tracing | undefined;
}

/** One job to add. */
export interface QueuedJob {
  data: object;
  options: BulkJobOptions;
  /** Its origin. */
  origin?: JobOrigin | undefined;
  /** Does not stand behind the backlog. */
  comesBack?: true | undefined;
}

/** How full a queue is. */
export interface QueueDepth {
  /** Its name in Redis. */
  name: string;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
  /** Age of the job that waits longest, in seconds; null when none waits. */
  oldestSeconds: number | null;
}

/** Unfinished jobs of a queue. */
export interface QueueSize {
  /** Jobs that a worker has or can take. */
  ready: number;
  /** Jobs that are due later. */
  delayed: number;
}

/** One of our queues, for adding jobs to it. */
export interface CallQueue {
  /** Add jobs in one round trip. Rejects within seconds when Redis is away. */
  add(jobs: readonly QueuedJob[]): Promise<void>;
  /** Make sure that a job is added again and again, also after Redis lost its data; safe with many callers. */
  keepRepeating(everyMs: number): Promise<void>;
  /** Rejects within seconds when Redis is away. */
  depth(): Promise<QueueDepth>;
  /** How many jobs it has that are not over. Rejects within seconds when Redis is away. */
  size(): Promise<QueueSize>;
  close(): Promise<void>;
}

// Small Redis servers copy a stream at each access, and nobody reads these back.
const STREAMS = { events: { maxLen: 20 } };
const SCHEDULER_ID = "sweep";
/** A scheduler whose next job is this many rounds late has lost it. */
const LATE_ROUNDS = 10;

/** Open one of the queues of the model's table. */
export function openCallQueue(key: keyof typeof QUEUES, place: QueuePlace): CallQueue {
  const { connection, prefix, tracing } = place;
  const { name } = QUEUES[key];
  const queue = new Queue(name, { connection, prefix, streams: STREAMS });
  // The connection reports its own errors; BullMQ only passes them on, and without a listener it would end the process.
  queue.on("error", () => undefined);
  return {
    async add(jobs) {
      await sendSpan({ tracing, queue: name }, jobs, async (sent) => {
        await connected(connection);
        try {
          await addJobs(queue, sent);
        } catch (error) {
          if (connection.status === "ready") throw error;
          // The connection broke meanwhile, as when Redis restarts. A job that was added all the same is added once, or recorded twice without effect.
          await connected(connection);
          await addJobs(queue, sent);
        }
      });
    },
    async keepRepeating(everyMs) {
      await connected(connection);
      const present = await queue.getJobScheduler(SCHEDULER_ID);
      const isLate = (present?.next ?? 0) < Date.now() - LATE_ROUNDS * everyMs;
      if (present?.every === everyMs && !isLate) return;
      const opts = { removeOnComplete: true, removeOnFail: true };
      await queue.upsertJobScheduler(SCHEDULER_ID, { every: everyMs }, { name, data: {}, opts });
    },
    async depth() {
      await connected(connection);
      const [counts, [oldest]] = await Promise.all([
        queue.getJobCounts("wait", "prioritized", "active", "delayed", "failed"),
        queue.getJobs(["wait", "prioritized"], 0, 0, true),
      ]);
      const { wait = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 } = counts;
      const ageMs = oldest === undefined ? null : Math.max(0, Date.now() - oldest.timestamp);
      const oldestSeconds = ageMs === null ? null : ageMs / 1000;
      return { name, waiting: wait + prioritized, active, delayed, failed, oldestSeconds };
    },
    async size() {
      await connected(connection);
      const counts = await queue.getJobCounts("wait", "prioritized", "active", "delayed");
      const { wait = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
      return { ready: wait + prioritized + active, delayed };
    },
    close: () => queue.close(),
  };
}

// A single job needs no transaction around it.
async function addJobs(queue: Queue, jobs: readonly QueuedJob[]): Promise<void> {
  const { name } = queue;
  const [first, ...others] = jobs;
  if (first !== undefined && others.length === 0)
    await queue.add(name, stamped(first.data), optionsOf(first));
  else
    await queue.addBulk(
      jobs.map((job) => ({ name, data: stamped(job.data), opts: optionsOf(job) })),
    );
}

function optionsOf({ options, origin }: QueuedJob): BulkJobOptions {
  const metadata = carrierOf(origin);
  return metadata === undefined ? options : { ...options, telemetry: { metadata } };
}

function stamped(data: object): object {
  return { ...data, version: JOB_VERSION };
}
