import { dispatchJob } from "@call-log/model";

import type { DispatchContext } from "../dispatch-context.ts";
import { dispatchAttempt } from "../dispatch/dispatch-attempt.ts";
import type { QueueWorker, WorkerPlace } from "./queue-worker.ts";
import { putBack, runWorker } from "./queue-worker.ts";

/** Run the worker of `call-dispatch`. A job is never run twice by itself: a stalled one fails, and the sweeper takes over. */
export function startDispatchWorker(context: DispatchContext, place: WorkerPlace): QueueWorker {
  return runWorker(
    "dispatch",
    async (job, token) => {
      const result = await dispatchAttempt(context, dispatchJob.parse(job.data));
      if (result.kind === "later") {
        const waitMs = result.at.getTime() - context.now().getTime();
        await putBack(job, token, waitMs);
      }
    },
    {
      ...place,
      options: { concurrency: context.settings.dispatchConcurrency, maxStalledCount: 0 },
    },
  );
}
