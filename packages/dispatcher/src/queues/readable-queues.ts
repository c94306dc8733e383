import { QUEUES } from "@call-log/model";
import { Queue } from "bullmq";

import type { Queues } from "./queues.ts";
import { producerConnection } from "./redis-connection.ts";

/** BullMQ's own view of the queues, for showing their jobs. */
export interface ReadableQueues {
  queues: Queue[];
  close(): Promise<void>;
}

/** Open every queue once more, on a connection of its own. */
export function openReadableQueues({
  redisUrl,
  prefix,
  watch,
}: Pick<Queues, "redisUrl" | "prefix" | "watch">): ReadableQueues {
  const connection = producerConnection(redisUrl, watch);
  const queues = Object.values(QUEUES).map(({ name }) => {
    const queue = new Queue(name, { connection, prefix });
    // The connection reports its own errors; without a listener this would end the process.
    queue.on("error", () => undefined);
    return queue;
  });
  return {
    queues,
    async close() {
      await Promise.all(queues.map((queue) => queue.close()));
      connection.disconnect();
    },
  };
}
