import type { StartedTracing, TracingOptions } from "./started-tracing.ts";
import { tracesAddress, type TracingSettings } from "./tracing-settings.ts";

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
