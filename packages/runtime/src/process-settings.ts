import { dispatcherSettings, type DispatcherSettings } from "@call-log/dispatcher";
import { LOG_LEVELS, parseSettings, publicAddress } from "@call-log/model";
import { PROVIDER_NAMES } from "@call-log/provider";
import { z } from "zod";

const SPEED_ERROR = "must be a number above 0";

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

/** Settings of where the api listens. */
export const listenSettings = z.object({
  PORT: z.coerce
    .number({ error: PORT_ERROR })
    .int({ error: PORT_ERROR })
    .min(0, { error: PORT_ERROR })
    .max(65_535, { error: PORT_ERROR })
    .default(3000)
    .meta({ description: "Port of the api; 0 takes any free one" }),
  HOST: z.string().default("127.0.0.1").meta({
    description: "Address to listen on; 0.0.0.0 for every interface",
  }),
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
  QUEUE_PREFIX: z.string().min(1).optional().meta({
    description: "BullMQ key prefix; in a hash tag on a Redis cluster, such as {call-log}",
  }),
  PROVIDER: z
    .enum(PROVIDER_NAMES, { error: `must be one of: ${PROVIDER_NAMES.join(", ")}` })
    .default("simulated")
    .meta({ description: "Who places the calls" }),
  SIMULATED_SPEED: z.coerce
    .number({ error: SPEED_ERROR })
    .positive({ error: SPEED_ERROR })
    .default(1)
    .meta({ description: "How much faster than real time the simulated provider's calls run" }),
  SIMULATED_SEED: z.string().min(1).default("call-log").meta({
    description: "Decides the simulated provider's ringing times and prices",
  }),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of: ${LOG_LEVELS.join(", ")}` })
    .default("info")
    .meta({ description: "What the log shows" }),
});

/** Settings that every process of call-log takes. */
export type ProcessSettings = z.output<typeof processSettings>;

/** All settings of a process: its own, and those of the dispatcher. */
export type Config<S extends z.ZodType> = z.output<S> & { dispatcher: DispatcherSettings };

/** Read settings and those of the dispatcher from the environment; throws a SettingsError that names every bad one. */
export function readConfig<S extends z.ZodType<object>>(
  schema: S,
  environment: Readonly<Record<string, string | undefined>>,
): Config<S> {
  const own = parseSettings(schema, environment);
  return { ...own, dispatcher: parseSettings(dispatcherSettings, environment) };
}
