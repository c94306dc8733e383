import { parseAttemptId, type ProviderEvent, providerEvent } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { withFields } from "../context/log.ts";
import type { Providers } from "../providers/provider-lookup.ts";
import { recordEvent } from "../record/record-event.ts";
import type { Recording } from "../record/update-call.ts";
import { secondsBetween } from "../rules/seconds.ts";
import type { LagMeter } from "./lag-meter.ts";
import type { JobWorker, Processor, WorkerPlace } from "./queue-worker.ts";
import { runWorker } from "./queue-worker.ts";

/** Run the worker of `call-events`. What can't be written is tried again by the job's own attempts. */
export function startEventWorker(
  context: Recording & Providers & Pick<DispatchContext, "callbackSilence">,
  place: WorkerPlace & { lag: LagMeter },
): JobWorker {
  const { lag, ...worker } = place;
  const noteLag = ({ at, provider }: ProviderEvent) => {
    const happenedAt = new Date(at);
    lag.note(happenedAt);
    const seconds = Math.max(0, secondsBetween(happenedAt, context.now()));
    context.metrics.measure("callbackLag", { provider, seconds });
  };
  const record: Processor = async ({ data }, _token, span) => {
    const event = providerEvent.parse(data);
    const { attemptId } = event;
    const { callLogId, number } = parseAttemptId(attemptId) ?? {};
    const { provider, status } = event;
    span?.set({
      "call_log.call_id": callLogId,
      "call_log.attempt": number,
      "call_log.provider": provider,
      "call_log.event": status,
    });
    const log = withFields(context.log, { callLogId, attemptId });
    await recordEvent({ ...context, log }, event);
    if (event.source !== "callback") return;
    noteLag(event);
    context.callbackSilence.hear(provider);
  };
  return runWorker("events", record, {
    ...worker,
    options: { concurrency: context.settings.eventConcurrency, maxStalledCount: 5 },
  });
}
