import path from "node:path";

import { auditRetentionDays, parseSettings, webAddress } from "@call-log/model";
import { z } from "zod";

const cliSettings = z.object({
  MONGODB_URI: z
    .string()
    .startsWith("mongodb", { error: "must start with mongodb:// or mongodb+srv://" })
    .optional(),
  REDIS_URL: z
    .string()
    .startsWith("redis", { error: "must start with redis:// or rediss://" })
    .optional(),
  QUEUE_PREFIX: z.string().min(1).optional(),
  DATA_DIR: z
    .string()
    .default(".data")
    .transform((folder) => path.resolve(folder)),
  AUDIT_RETENTION_DAYS: auditRetentionDays,
  CALL_LOG_API_KEY: z.string().optional(),
  CALL_LOG_URL: webAddress.optional(),
  DEBUG: z.string().optional(),
});

/** Settings of the command line, by the names of their environment variables. */
export type CliSettings = z.output<typeof cliSettings>;

/** Read the settings from an environment; throws a SettingsError that names every bad one. */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
): CliSettings {
  return parseSettings(cliSettings, environment);
}

/** The environment of this process. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
