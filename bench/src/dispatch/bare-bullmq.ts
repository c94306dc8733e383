import { Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

import { until } from "../until.ts";

/** Jobs a second that BullMQ adds and runs, in bulks of 1,000, with nothing to do in them: what no dispatcher on it can pass. */
export async function bareBullmq(redisUrl: string, jobs: number): Promise<number> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue("bare", { connection, prefix: "bench-bare" });
  let done = 0;
  const startedAt = performance.now();
  const worker = new Worker("bare", async () => void (done += 1), {
    connection,
    prefix: "bench-bare",
    concurrency: 50,
  });
  for (let added = 0; added < jobs; added += 1000)
    await queue.addBulk(
      Array.from({ length: 1000 }, (_, index) => ({
        name: "job",
        data: { index },
        opts: { removeOnComplete: true },
      })),
    );
  await until(async () => {
    if (done < jobs) throw new Error(`${done} of ${jobs} jobs are done`);
  });
  const seconds = (performance.now() - startedAt) / 1000;
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  connection.disconnect();
  return jobs / seconds;
}
