import { startWorkers } from "@call-log/dispatcher";
import { closingStack, connect, type RunningProcess } from "@call-log/runtime";

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
  closing.add(startWorkers(connections.dispatcher));
  const welcome = `call-log worker ${connections.dispatcher.context.workerId}\n`;
  return { welcome, close: () => closing.close() };
}
