import { startWorkers } from "@call-log/dispatcher";
import { closingStack, connect, runProcess, type RunningProcess } from "@call-log/runtime";

import { readWorkerConfig } from "./config.ts";

await runProcess(startWorker);

async function startWorker(): Promise<RunningProcess> {
  const config = readWorkerConfig();
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
