import { runProcess } from "@call-log/runtime";

import { readWorkerConfig } from "./config.ts";
import { startWorker } from "./worker-process.ts";

/** Run this process as a worker, until a signal stops it. */
export async function runWorker(): Promise<void> {
  await runProcess(() => startWorker(readWorkerConfig()), { role: "worker" });
}
