import { providerEvent } from "@call-log/model";

import type { DispatchContext } from "./dispatch-context.ts";
import type { QueueWorker, WorkerPlace } from "./queue-worker.ts";
import { runWorker } from "./queue-worker.ts";
import { recordEvent } from "./record-event.ts";

/** Run the worker of `call-events`. What can't be written is tried again by the job's own attempts. */
export function startEventWorker(context: DispatchContext, place: WorkerPlace): QueueWorker {
  return runWorker("events", (job) => recordEvent(context, providerEvent.parse(job.data)), {
    ...place,
    options: { concurrency: context.settings.eventConcurrency, maxStalledCount: 5 },
  });
}
