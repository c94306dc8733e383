import { z } from "zod";

const PORT_ERROR = "must be a port number, 0 to 65535";

/** Settings of where metrics are served. Without any, none are counted. */
export const metricsSettings = z.object({
  METRICS_PORT: z.coerce
    .number({ error: PORT_ERROR })
    .int({ error: PORT_ERROR })
    .min(0, { error: PORT_ERROR })
    .max(65_535, { error: PORT_ERROR })
    .optional()
    .meta({
      description:
        "Port of /metrics, /health/live and /health/ready, on HOST; 0 takes any free one",
    }),
  METRICS_TOKEN: z
    .string()
    .trim()
    .min(24, {
      error: "must have at least 24 characters; make one with: openssl rand -base64 24",
    })
    .optional()
    .meta({ description: "Bearer token that /metrics requires" }),
});

/** The settings of metrics, by the names of their environment variables. */
export type MetricsConfig = z.output<typeof metricsSettings>;
