import { z } from "zod";

/** Option: why something is paused, in words for whoever wonders why nothing rings. */
export const reason = z
  .string()
  .trim()
  .min(1, { error: "must not be empty" })
  .max(200, { error: "must be at most 200 characters" });
