import { z } from "zod";

/** Why something is paused, in words for whoever reads why calls wait. */
export const pauseReason = z
  .string({ error: "must be text" })
  .trim()
  .min(1, { error: "must not be empty" })
  .max(200, { error: "must be at most 200 characters" });
