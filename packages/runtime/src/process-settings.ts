import {
  auditRetentionDays,
  deadLetterRetentionDays,
  LOG_LEVELS,
  publicAddress,
} from "@call-log/model";
import { accountNames } from "@call-log/provider";
import { z } from "zod";

import { limitSettings } from "./limit-settings.ts";
import { metricsSettings } from "./operations/metrics-settings.ts";
import { secretSettings } from "./secrets/secret-settings.ts";
import { tracingSettings } from "./tracing/tracing-settings.ts";
import { trustProxy } from "./trust-proxy.ts";
import { healthSettings } from "./watch/health-settings.ts";
import { webhookSettings } from "./webhook-settings.ts";

const PORT_ERROR = "must be a port number, 0 to 65535";

/** Setting: address of the MongoDB that keeps the log. */
const mongodbUri = z
  .string({ error: "must be set to the address of a MongoDB server" })
  .regex(/^mongodb(\+srv)?:\/\//, { error: "must start with mongodb:// or mongodb+srv://" })
  .meta({ description: "Address of the MongoDB that keeps the log" });

/** Setting: address of the Redis that holds the queues. */
const redisUrl = z
  .string({ error: "must be set to the address of a Redis server" })
  .regex(/^rediss?:\/\//, { error: "must start with redis:// or rediss://" })
  .meta({ description: "Address of the Redis that holds the queues" });

/** Settings of the servers that a process connects to. */
export const serverSettings = z.object({ MONGODB_URI: mongodbUri, REDIS_URL: redisUrl });

const DRAIN_ERROR = "must be a number of seconds, 0 to 8";

/** Setting: where a process listens. */
const host = z.string().default("127.0.0.1").meta({
  description: "Address to listen on; 0.0.0.0 for every interface",
});

/** Settings of where a worker listens for probes and scrapes. */
export const workerListenSettings = z.object({ HOST: host });

/** Settings of where the api listens, and of how much it takes. */
export const listenSettings = z.object({
  PORT: z.coerce
    .number({ error: PORT_ERROR })
    .int({ error: PORT_ERROR })
    .min(0, { error: PORT_ERROR })
    .max(65_535, { error: PORT_ERROR })
    .default(3000)
    .meta({ description: "Port of the api; 0 takes any free one" }),
  HOST: host,
  TRUST_PROXY: trustProxy,
  // At most 8, since a stop has 20 seconds in all.
  DRAIN_SECONDS: z.coerce
    .number({ error: DRAIN_ERROR })
    .min(0, { error: DRAIN_ERROR })
    .max(8, { error: DRAIN_ERROR })
    .default(3)
    .meta({
      description: "Seconds during which a stopping process is not ready but still takes requests",
    }),
  ACCESS_LOG: z
    .stringbool({ error: "must be true or false" })
    .default(true)
    .meta({ description: "Whether the log has a line for each request" }),
  ...limitSettings.shape,
});

/** Settings that every process of call-log takes, by the names of their environment variables. */
export const processSettings = z.object({
  DATA_DIR: z.string().default(".data").meta({
    description:
      "Folder for the data of what runs in the process: embedded servers, the simulated provider's ledger",
  }),
  PUBLIC_URL: publicAddress.optional().meta({
    description:
      "Base address under which providers reach the api; without it calls are followed by polling",
  }),
  ...secretSettings.shape,
  QUEUE_PREFIX: z.string().min(1).optional().meta({
    description: "BullMQ key prefix; in a hash tag on a Redis cluster, such as {call-log}",
  }),
  // No default: an installation whose operator forgot it would report calls as reached that rang nowhere.
  PROVIDER: accountNames.meta({
    description:
      "Who places the calls: provider accounts with commas, in the order in which they are tried",
  }),
  AUDIT_RETENTION_DAYS: auditRetentionDays,
  DEAD_LETTER_RETENTION_DAYS: deadLetterRetentionDays,
  ...webhookSettings.shape,
  ...healthSettings.shape,
  ...metricsSettings.shape,
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of: ${LOG_LEVELS.join(", ")}` })
    .default("info")
    .meta({ description: "What the log shows" }),
  ...tracingSettings.shape,
});

/** Settings that every process of call-log takes. */
export type ProcessSettings = z.output<typeof processSettings>;
