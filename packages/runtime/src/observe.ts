import { createOutage, type Outage, type Tracing } from "@call-log/dispatcher";

import type { Logger } from "./logger.ts";
import { startTracing } from "./tracing/start-tracing.ts";
import type { TracingSettings } from "./tracing/tracing-settings.ts";
import { watchedLog } from "./watched-log.ts";

/** The log of a process, and its traces where a collector is set. */
export interface Observing {
  log: Logger;
  /** What the log says when the database is away. */
  mongodb: Outage;
  tracing: Tracing | undefined;
  close(): Promise<void>;
}

/** Start the log and the traces of a process. Close it last: it sends the last spans. */
export async function startObserving(
  role: string,
  settings: TracingSettings & { LOG_LEVEL: string },
): Promise<Observing> {
  let collector: Outage | undefined;
  const onExport = (error?: unknown) => {
    if (error === undefined) collector?.end(settings);
    else collector?.begin(settings, error);
  };
  const tracing = await startTracing({ role, settings, onExport });
  const fieldsOf = tracing && (() => traceFields(tracing.active()));
  const { log, mongodb } = watchedLog({ role, level: settings.LOG_LEVEL, fieldsOf });
  collector = createOutage(log, {
    away: "traces can't be sent, and are dropped",
    back: "traces are sent again",
  });
  return { log, mongodb, tracing, close: async () => tracing?.close() };
}

/** Ids of the active span, by the names that OpenTelemetry gives them in logs. */
function traceFields(traceparent: string | undefined): object {
  if (traceparent === undefined) return {};
  const [, trace_id, span_id] = traceparent.split("-");
  return { trace_id, span_id };
}
