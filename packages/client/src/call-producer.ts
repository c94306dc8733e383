import {
  callRequest,
  issueText,
  QUEUE_PREFIX,
  QUEUES,
  type CallRequestInput,
} from "@call-log/model";
import { Queue } from "bullmq";

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
  const queue = new Queue(QUEUES.requests.name, {
    prefix,
    connection: { url: redisUrl, maxRetriesPerRequest: 1, enableOfflineQueue: true },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: { count: 1000 } },
    streams: { events: { maxLen: 20 } },
  });
  const jobOf = (projectId: string, request: CallRequestInput) => {
    const checked = callRequest.safeParse(request);
    if (!checked.success) throw new TypeError(issueText(checked.error));
    return { name: "call-request", data: { projectId, request } };
  };
  return {
    async add(projectId, request) {
      const { name, data } = jobOf(projectId, request);
      const { id } = await queue.add(name, data);
      return { jobId: String(id) };
    },
    async addMany(projectId, requests) {
      const jobs = await queue.addBulk(requests.map((request) => jobOf(projectId, request)));
      return jobs.map(({ id }) => ({ jobId: String(id) }));
    },
    close: () => queue.close(),
  };
}
