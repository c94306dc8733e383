import { createHash } from "node:crypto";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import {
  callRequest,
  type CallRequestInput,
  issueText,
  JOB_VERSION,
  newCallLogId,
  objectId,
  QUEUE_PREFIX,
  QUEUES,
} from "@call-log/model";
import { type JobsOptions, Queue } from "bullmq";
import { Redis } from "ioredis";

/** How long Redis may take to answer, and how long one waits for the connection, in milliseconds. */
const PATIENCE_MS = 3000;
/** How much longer it may take for each request: the Redis of `npm start` on a busy machine adds 30 a second. */
const PATIENCE_PER_REQUEST_MS = 100;

const JOB_NAME = "call-request";

/** Where the queue is. */
export interface CallProducerOptions {
  /** Address of the Redis that call-log uses, such as `redis://127.0.0.1:6379`. */
  redisUrl: string;
  /** BullMQ key prefix, if call-log was given another one. */
  prefix?: string;
}

/** What is known of a request as soon as it is on the queue. */
export interface QueuedRequest {
  jobId: string;
  /** Id of the call log, as every transport answers it; only a request with an `idempotencyKey` has one before a worker has taken it. */
  callLogId?: string;
}

/** Puts call requests on the queue `call-requests`, for pipelines that do not wait for an answer. */
export interface CallProducer {
  /**
   * Queue one request for a project. Project id and request are checked before; a bad one throws a TypeError that names the field. Give an
   * `idempotencyKey`, and a pipeline that repeats itself places no second call; while the first job waits, it adds no second one.
   */
  add(projectId: string, request: CallRequestInput): Promise<QueuedRequest>;
  /** Queue many requests in one round trip: none of them when one is bad, whose place the error names. */
  addMany(projectId: string, requests: CallRequestInput[]): Promise<QueuedRequest[]>;
  close(): Promise<void>;
}

/** A producer of call requests. Fails fast while Redis is away: the caller decides what to do then. */
export function createCallProducer({
  redisUrl,
  prefix = QUEUE_PREFIX,
}: CallProducerOptions): CallProducer {
  const connection = new Redis(redisUrl, {
    maxRetriesPerRequest: 1,
    connectTimeout: PATIENCE_MS,
  });
  const queue = new Queue(QUEUES.requests.name, {
    prefix,
    connection,
    defaultJobOptions: { removeOnComplete: true, removeOnFail: { count: 1000 } },
    streams: { events: { maxLen: 20 } },
  });
  // A failed command tells its caller; without a listener the same error would end the process.
  connection.on("error", () => undefined);
  queue.on("error", () => undefined);
  const connected = async () => {
    if (connection.status === "ready") return;
    await once(connection, "ready", { signal: AbortSignal.timeout(PATIENCE_MS) });
  };
  return {
    async add(projectId, request) {
      const { job, callLogId } = checkedJob(projectId, request);
      await connected();
      const { id } = await inTime(queue.add(job.name, job.data, job.opts), 1);
      return queued(id, callLogId);
    },
    async addMany(projectId, requests) {
      const checked = requests.map((request, index) =>
        checkedJob(projectId, request, `requests.${index}`),
      );
      await connected();
      const adding = queue.addBulk(checked.map(({ job }) => job));
      const jobs = await inTime(adding, checked.length);
      return jobs.map(({ id }, index) => queued(id, checked[index]?.callLogId));
    },
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}

/** What Redis answers to so many requests. Throws when it does not answer; it may have taken them then. */
async function inTime<T>(answer: Promise<T>, requests: number): Promise<T> {
  const patienceMs = PATIENCE_MS + requests * PATIENCE_PER_REQUEST_MS;
  const answered = new AbortController();
  const late = delay(patienceMs, undefined, { signal: answered.signal }).then(() => {
    throw new Error(`Redis did not answer within ${patienceMs / 1000} seconds`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    answered.abort();
  }
}

function checkedJob(projectId: string, request: CallRequestInput, place?: string) {
  const project = objectId.safeParse(projectId);
  if (!project.success) throw new TypeError(issueText(project.error, "projectId"));
  const checked = callRequest.safeParse(request);
  if (!checked.success) throw new TypeError(issueText(checked.error, place));
  const { idempotencyKey } = checked.data;
  const data = { version: JOB_VERSION, projectId: project.data, request };
  if (idempotencyKey === undefined) return { job: { name: JOB_NAME, data, opts: {} } };
  const callLogId = newCallLogId({ projectId: project.data, idempotencyKey });
  return { job: { name: JOB_NAME, data, opts: onceWaiting(callLogId, request) }, callLogId };
}

/**
 * While a request waits, its repetition adds no job: one who repeats because a busy Redis answered late would make it busier. Another
 * request under the same key is a job of its own, and is refused by the worker.
 */
function onceWaiting(callLogId: string, request: CallRequestInput): JobsOptions {
  const digest = createHash("sha256").update(JSON.stringify(request)).digest("base64url");
  return { deduplication: { id: `${callLogId}-${digest}` } };
}

function queued(jobId: string | undefined, callLogId: string | undefined): QueuedRequest {
  return { jobId: String(jobId), ...(callLogId !== undefined && { callLogId }) };
}
