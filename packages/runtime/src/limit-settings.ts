import { z } from "zod";

const upTo = (fallback: number, description: string) =>
  z.coerce
    .number({ error: "must be a whole number" })
    .int({ error: "must be a whole number" })
    .min(0, { error: "must be at least 0" })
    .max(1_000_000_000, { error: "must be at most 1000000000" })
    .default(fallback)
    .meta({ description: `${description}; 0 for no limit` });

/** Settings of what the api takes from one caller, by the names of their environment variables. */
export const limitSettings = z.object({
  REQUESTS_PER_MINUTE: upTo(6000, "Requests a minute with one key or session"),
  FAILED_KEYS_PER_MINUTE: upTo(10, "Different invalid keys per minute from one address"),
  LIVE_STREAMS_PER_KEY: upTo(50, "Live streams at a time with one key"),
  LIVE_STREAMS: upTo(1000, "Live streams at a time in one process"),
  MAX_CONNECTIONS: upTo(5000, "Connections at a time to one process"),
});

/** What the api takes from one caller; 0 is no limit. */
export type LimitSettings = z.output<typeof limitSettings>;
