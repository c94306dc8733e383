import type { Tracing } from "@call-log/dispatcher";

import { tracesAddress, type TracingSettings } from "./tracing-settings.ts";

/** What a process needs to make traces. */
export interface TracingOptions {
  /** What the process is: `api`, `worker` or `standalone`. */
  role: string;
  settings: TracingSettings;
  /** Called after each try to send spans, with the error where they could not be sent. */
  onExport: (error?: unknown) => void;
}

/** Makes spans until it is closed, which sends the last ones. */
export interface StartedTracing extends Tracing {
  close(): Promise<void>;
}

/** Start tracing where the settings name a collector; nothing of OpenTelemetry is loaded otherwise. */
export async function startTracing(options: TracingOptions): Promise<StartedTracing | undefined> {
  const url = tracesAddress(options.settings);
  if (url === undefined) return undefined;
  const { createTracing } = await import("./otel-tracing.ts");
  return createTracing(options, await openExporter(options.settings, url));
}

async function openExporter(
  { OTEL_EXPORTER_OTLP_PROTOCOL: protocol }: TracingSettings,
  url: string,
) {
  const { OTLPTraceExporter } =
    protocol === "http/json"
      ? await import("@opentelemetry/exporter-trace-otlp-http")
      : await import("@opentelemetry/exporter-trace-otlp-proto");
  return new OTLPTraceExporter({ url });
}
