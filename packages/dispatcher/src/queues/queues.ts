import type { ProviderEvent } from "@call-log/model";
import { QUEUE_PREFIX } from "@call-log/model";

import type { DelayedDispatch, JobQueue } from "../context/job-queue.ts";
import type { Log } from "../context/log.ts";
import type { Tracing } from "../context/tracing.ts";
import { createLimiter, type Limiter } from "../limiter/limiter.ts";
import { boundedAdder } from "./bounded-adder.ts";
import type { QueueDepth, QueuedJob } from "./call-queue.ts";
import { openCallQueue } from "./call-queue.ts";
import { connected, producerConnection } from "./redis-connection.ts";
import { createRedisWatch, type RedisWatch } from "./redis-watch.ts";
import { createSharedCounters, type SharedCounters } from "./shared-counters.ts";
import { createWorkerPresence, type WorkerPresence } from "./worker-presence.ts";

/** Where the queues are. */
export interface QueuesOptions {
  redisUrl: string;
  log: Log;
  /** @defaultValue `bull` */
  prefix?: string;
  /**
   * About how many dispatch jobs may be in Redis at a time, see `boundedAdder`. @defaultValue that of
   * `MAX_DISPATCH_JOBS`
   */
  maxDispatchJobs?: number;
  /** @defaultValue no spans are made */
  tracing?: Tracing | undefined;
}

/** The producing side of the queues. */
export interface Queues extends JobQueue {
  readonly redisUrl: string;
  readonly prefix: string;
  /** This process's log lines about Redis. */
  readonly watch: RedisWatch;
  readonly limiter: Limiter;
  readonly counters: SharedCounters;
  /** Which worker processes are alive. */
  readonly presence: WorkerPresence;
  /** Make sure that a sweep job comes every so many milliseconds. */
  keepSweeping(everyMs: number): Promise<void>;
  /** Resolves when Redis answers; rejects within seconds when it is away. */
  ping(): Promise<void>;
  /**
   * Resolves when Redis takes a small write; rejects within seconds when it is away, or refuses (out of memory, read-
   * only).
   */
  checkWrite(): Promise<void>;
  /** How full each queue is. Rejects within seconds when Redis is away. */
  depths(): Promise<QueueDepth[]>;
  /** The time at Redis, for a clock that all processes share. */
  time(): Promise<Date>;
  close(): Promise<void>;
}

/** How long the key of a write check stays, in milliseconds. */
const WRITE_CHECK_LIFE_MS = 10_000;

/**
 * 15 attempts, each wait twice the one before from 1 second on: about 4.5 hours. After that the sweeper's polls find
 * the state.
 */
const EVENT_OPTIONS: QueuedJob["options"] = {
  attempts: 15,
  backoff: { type: "exponential", delay: 1000 },
  removeOnComplete: true,
  removeOnFail: { count: 1000 },
};

/** A dispatch job runs once: the retry policy decides whether an attempt follows. */
const DISPATCH_OPTIONS: QueuedJob["options"] = {
  attempts: 1,
  removeOnComplete: true,
  removeOnFail: true,
};

/** A Redis server keeps some kilobytes for a job; more wait in MongoDB. */
const MAX_DISPATCH_JOBS = 10_000;

/** Open the queues for adding jobs. Commands fail within seconds while Redis is away. */
export function createQueues(options: QueuesOptions): Queues {
  const { redisUrl, log, prefix = QUEUE_PREFIX, maxDispatchJobs = MAX_DISPATCH_JOBS } = options;
  const { tracing } = options;
  const watch = createRedisWatch(log);
  const connection = producerConnection(redisUrl, watch);
  const place = { connection, prefix, tracing };
  const dispatch = openCallQueue("dispatch", place);
  const adder = boundedAdder(dispatch, maxDispatchJobs);
  const events = openCallQueue("events", place);
  const maintenance = openCallQueue("maintenance", place);
  // Others add to this one; it is opened for its settings.
  const requests = openCallQueue("requests", place);
  return {
    redisUrl,
    prefix,
    watch,
    get isAway() {
      return watch.outage.isOn;
    },
    limiter: createLimiter(connection, prefix),
    counters: createSharedCounters(connection, prefix),
    presence: createWorkerPresence(connection, prefix),
    async addDispatches(dispatches, urgency = "new") {
      const byJob = new Map(dispatches.map((dispatch) => [dispatchJob(dispatch), dispatch]));
      const left = await adder.add([...byJob.keys()], urgency);
      return left.flatMap((job) => byJob.get(job) ?? []);
    },
    // Calls bring events: where these wait already, more calls would only wait for theirs.
    async room() {
      const [room, { ready }] = await Promise.all([adder.room(), events.size()]);
      return Math.max(0, Math.min(room, maxDispatchJobs - ready));
    },
    hasRoomToWait: () => adder.hasRoomToWait(),
    get hasBacklog() {
      return adder.hasBacklog;
    },
    set hasBacklog(hasBacklog) {
      adder.hasBacklog = hasBacklog;
    },
    addEvents: (added) => events.add(added.map((event) => eventJob(event, tracing))),
    keepSweeping: (everyMs) => maintenance.keepRepeating(everyMs),
    async ping() {
      await connected(connection);
      await connection.ping();
    },
    async checkWrite() {
      await connected(connection);
      await connection.set(`${prefix}:write-check`, "1", "PX", WRITE_CHECK_LIFE_MS);
    },
    depths: () =>
      Promise.all([requests, dispatch, events, maintenance].map((queue) => queue.depth())),
    async time() {
      await connected(connection);
      const [seconds, microseconds] = await connection.time();
      return new Date(Number(seconds) * 1000 + Number(microseconds) / 1000);
    },
    async close() {
      await Promise.all([dispatch, events, maintenance, requests].map((queue) => queue.close()));
      connection.disconnect();
    },
  };
}

/** The job of an attempt. */
export function dispatchJob(dispatch: DelayedDispatch): QueuedJob {
  const { attemptId, job, delayMs, goesFirst, isEarlier, comesBack } = dispatch;
  const jobId = isEarlier ? `${attemptId}-now` : attemptId;
  const place = { jobId, delay: delayMs, ...(goesFirst && { lifo: true }) };
  const { traceparent, requestId } = dispatch;
  const origin = { traceparent, requestId };
  return { data: job, options: { ...DISPATCH_OPTIONS, ...place }, origin, comesBack };
}

function eventJob(event: ProviderEvent, tracing: Tracing | undefined): QueuedJob {
  const origin = { traceparent: tracing?.active() };
  return { data: event, options: EVENT_OPTIONS, origin };
}
