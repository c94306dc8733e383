import { once } from "node:events";

import {
  callRequest,
  issueText,
  JOB_VERSION,
  QUEUE_PREFIX,
  QUEUES,
  type CallRequestInput,
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

/** Puts call requests on the queue `call-requests`, for pipelines that do not wait for an answer. */
export interface CallProducer {
  /**
   * Queue one request for a project. It is checked here already; a bad one throws a TypeError that names the field. Give an `idempotencyKey`,
   * and a pipeline that repeats itself places no second call.
   */
  add(projectId: string, request: CallRequestInput): Promise<{ jobId: string }>;
  /** Queue many requests in one round trip. */
  addMany(projectId: string, requests: CallRequestInput[]): Promise<{ jobId: string }[]>;
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
  const jobOf = (projectId: string, request: CallRequestInput) => {
    const checked = callRequest.safeParse(request);
    if (!checked.success) throw new TypeError(issueText(checked.error));
    return { name: "call-request", data: { version: JOB_VERSION, projectId, request } };
  };
  return {
    async add(projectId, request) {
      const { name, data } = jobOf(projectId, request);
      await connected();
      const { id } = await queue.add(name, data);
      return { jobId: String(id) };
    },
    async addMany(projectId, requests) {
      const added = requests.map((request) => jobOf(projectId, request));
      await connected();
      const jobs = await queue.addBulk(added);
      return jobs.map(({ id }) => ({ jobId: String(id) }));
    },
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}
