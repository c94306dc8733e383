import { once } from "node:events";

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
import { Queue } from "bullmq";
import { Redis } from "ioredis";

/** How long Redis may take to answer, and how long one waits for the connection, in milliseconds. */
const PATIENCE_MS = 3000;

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
   * `idempotencyKey`, and a pipeline that repeats itself places no second call.
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
    commandTimeout: PATIENCE_MS,
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
      const { id } = await queue.add(job.name, job.data);
      return queued(id, callLogId);
    },
    async addMany(projectId, requests) {
      const checked = requests.map((request, index) =>
        checkedJob(projectId, request, `requests.${index}`),
      );
      await connected();
      const jobs = await queue.addBulk(checked.map(({ job }) => job));
      return jobs.map(({ id }, index) => queued(id, checked[index]?.callLogId));
    },
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}

function checkedJob(projectId: string, request: CallRequestInput, place?: string) {
  const project = objectId.safeParse(projectId);
  if (!project.success) throw new TypeError(issueText(project.error, "projectId"));
  const checked = callRequest.safeParse(request);
  if (!checked.success) throw new TypeError(issueText(checked.error, place));
  const { idempotencyKey } = checked.data;
  return {
    job: { name: "call-request", data: { version: JOB_VERSION, projectId: project.data, request } },
    ...(idempotencyKey !== undefined && {
      callLogId: newCallLogId({ projectId: project.data, idempotencyKey }),
    }),
  };
}

function queued(jobId: string | undefined, callLogId: string | undefined): QueuedRequest {
  return { jobId: String(jobId), ...(callLogId !== undefined && { callLogId }) };
}
