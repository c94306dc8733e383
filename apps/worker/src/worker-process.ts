import { startWorkers, type Workers } from "@call-log/dispatcher";
import {
  closingStack,
  connect,
  processHealth,
  type RunningProcess,
  startDrainWatch,
  startOperations,
} from "@call-log/runtime";

import type { readWorkerConfig } from "./config.ts";

/** Start the workers on their own: no transports. */
export async function startWorker(
  config: ReturnType<typeof readWorkerConfig>,
): Promise<RunningProcess> {
  const closing = closingStack();
  const connections = closing.add(
    await connect({
      role: "worker",
      mongodbUri: config.MONGODB_URI,
      redisUrl: config.REDIS_URL,
      publicUrl: config.PUBLIC_URL,
      config,
    }),
  );
  const { store, dispatcher } = connections;
  let [isStopping, workers] = [false, undefined as Workers | undefined];
  const health = processHealth({
    store,
    queues: dispatcher.queues,
    needsQueue: true,
    isStopping: () => isStopping,
    stuckQueues: () => workers?.stuckQueues() ?? [],
  });
  // Closed after the workers: what is under way may take its time, and is still watched.
  const operations = closing.add(await startOperations(connections, { config, health }));
  workers = closing.add(startWorkers(dispatcher));
  const watch = closing.add(startDrainWatch(connections, workers));
  // As Sidekiq has it: TSTP drains, TERM ends.
  const drain = () => watch.drain();
  process.on("SIGTSTP", drain);
  closing.add({ close: () => process.off("SIGTSTP", drain) });
  closing.add({ close: () => (isStopping = true) });
  const welcome = `call-log worker ${dispatcher.context.workerId}\n${operations.welcome}`;
  return { welcome, close: () => closing.close() };
}
