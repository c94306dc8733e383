import { z } from "zod";

/** Name of the file in the data folder by which the command line finds a running standalone process. */
export const STANDALONE_FILE = "standalone.json";

/** Where a standalone process can be reached; what that file holds. */
export const standaloneAddress = z.object({
  pid: z.number().int(),
  url: z.string(),
  mongodbUri: z.string(),
  redisUrl: z.string(),
});

/** Where a standalone process can be reached. */
export type StandaloneAddress = z.output<typeof standaloneAddress>;
