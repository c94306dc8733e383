import { z } from "zod";

const text = (description: string) => z.string().min(1).optional().meta({ description });

const address = (description: string) =>
  z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .optional()
    .meta({ description });

const oneOf = <const T extends [string, ...string[]]>(names: T) =>
  z.enum(names, { error: `must be one of: ${names.join(", ")}` });

/** What decides which traces are kept, by the standard's names. */
export const SAMPLERS = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

const RATIO_ERROR = "must be a number from 0 to 1";

/** OpenTelemetry's own settings, by the names of their environment variables, as far as they are heeded. */
export const tracingSettings = z.object({
  OTEL_EXPORTER_OTLP_ENDPOINT: address(
    "Base address of an OpenTelemetry collector; with it traces are sent to `/v1/traces` there",
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: address("The whole address for traces, if it is another"),
  OTEL_EXPORTER_OTLP_HEADERS: text("Headers for the collector, as name=value with commas"),
  OTEL_EXPORTER_OTLP_PROTOCOL: oneOf(["http/protobuf", "http/json"])
    .default("http/protobuf")
    .meta({ description: "Form in which traces are sent" }),
  OTEL_TRACES_EXPORTER: oneOf(["otlp", "none"])
    .optional()
    .meta({ description: "Whether traces are sent" }),
  OTEL_SERVICE_NAME: text("Name of the process in traces"),
  OTEL_RESOURCE_ATTRIBUTES: text("Further attributes of the process in traces"),
  OTEL_TRACES_SAMPLER: oneOf([...SAMPLERS])
    .default("parentbased_always_on")
    .meta({ description: "Which traces are kept" }),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: RATIO_ERROR })
    .min(0, { error: RATIO_ERROR })
    .max(1, { error: RATIO_ERROR })
    .optional()
    .meta({ description: "Share of the traces that a `traceidratio` sampler keeps, 0 to 1" }),
  OTEL_SDK_DISABLED: z
    .stringbool({ error: "must be true or false" })
    .default(false)
    .meta({ description: "Makes no traces, whatever else is set" }),
});

/** OpenTelemetry's own settings. */
export type TracingSettings = z.output<typeof tracingSettings>;

/** The collector of OpenTelemetry that runs on the same machine. */
const LOCAL_COLLECTOR = "http://localhost:4318";

/** Where traces are sent; undefined where none are made. */
export function tracesAddress(settings: TracingSettings): string | undefined {
  const { OTEL_TRACES_EXPORTER: exporter, OTEL_SDK_DISABLED: isDisabled } = settings;
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole } = settings;
  if (isDisabled || exporter === "none") return undefined;
  if (whole !== undefined) return whole;
  if (base === undefined && exporter === undefined) return undefined;
  return `${(base ?? LOCAL_COLLECTOR).replace(/\/+$/, "")}/v1/traces`;
}
