import { z } from "zod";

const schema = z.object({
  /** With the database's name. */
  mongodbUri: z.string(),
  redisUrl: z.string(),
  queuePrefix: z.string(),
  carrierPort: z.number(),
  /** Where an api listens. */
  port: z.number(),
  /** Base address of the api that a worker's callbacks go to. */
  publicUrl: z.string(),
  /** Attempts that one worker hands over, and events that it records, at a time. */
  dispatchConcurrency: z.number(),
  eventConcurrency: z.number(),
  /** Calls that the provider's account may start a second; no limit when absent. */
  callsPerSecond: z.number().optional(),
  /** How long the provider takes to answer, in milliseconds. */
  answerMs: z.number().optional(),
});

/** What a process of a measured installation is started with. */
export type ProcessOptions = z.output<typeof schema>;

/** The options as an argument of the command line. */
export function asArgument(options: ProcessOptions): string {
  return JSON.stringify(options);
}

/** In the process: the options that it was started with. */
export function ownOptions(): ProcessOptions {
  return schema.parse(JSON.parse(process.argv[2] ?? ""));
}
