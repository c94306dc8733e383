import { type ProviderEvent, providerEvent } from "@call-log/model";
import type { Job } from "bullmq";

import type { Providers } from "../providers/provider-lookup.ts";
import { recordEvent } from "../record/record-event.ts";
import type { Recording } from "../record/update-call.ts";
import { secondsBetween } from "../rules/seconds.ts";
import type { LagMeter } from "./lag-meter.ts";
import type { JobWorker, WorkerPlace } from "./queue-worker.ts";
import { runWorker } from "./queue-worker.ts";

/** Run the worker of `call-events`. What can't be written is tried again by the job's own attempts. */
export function startEventWorker(
  context: Recording & Providers,
  place: WorkerPlace & { lag: LagMeter },
): JobWorker {
  const { lag, ...worker } = place;
  const noteLag = ({ at, provider }: ProviderEvent) => {
    const happenedAt = new Date(at);
    lag.note(happenedAt);
    const seconds = Math.max(0, secondsBetween(happenedAt, context.now()));
    context.metrics.measure("callbackLag", { provider, seconds });
  };
  const record = async ({ data }: Job<unknown>) => {
    const event = providerEvent.parse(data);
    await recordEvent(context, event);
    if (event.source === "callback") noteLag(event);
  };
  return runWorker("events", record, {
    ...worker,
    options: { concurrency: context.settings.eventConcurrency, maxStalledCount: 5 },
  });
}
