import { QUEUES } from "@call-log/model";
import { type JobsOptions, Queue, QueueEvents } from "bullmq";
import { Redis } from "ioredis";

import type { Installation } from "./installation.ts";

/** A producer that knows of us only the queue's name, as one in another language would. */
export async function foreignProducer({ redis }: Installation) {
  const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
  const place = { connection, prefix: redis.prefix };
  const queue = new Queue(QUEUES.requests.name, place);
  const events = new QueueEvents(QUEUES.requests.name, place);
  await events.waitUntilReady();
  return {
    queue,
    // Listening begins before the job is there: a worker may be done with it before `add` returns.
    ask(jobId: string, data: unknown, options: JobsOptions = {}): Promise<unknown> {
      return new Promise((resolve, reject) => {
        events.once("completed", ({ returnvalue }) => resolve(returnvalue));
        events.once("failed", ({ failedReason }) => reject(new Error(failedReason)));
        queue.add("whatever", data, { ...options, jobId }).catch(reject);
      });
    },
    async [Symbol.asyncDispose]() {
      await events.close();
      await queue.close();
      connection.disconnect();
    },
  };
}
