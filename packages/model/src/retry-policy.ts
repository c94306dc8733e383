import { z } from "zod";

import { RETRYABLE_OUTCOMES } from "./call-outcome.ts";

const backoff = z.strictObject({
  type: z.enum(["fixed", "exponential"]).default("fixed"),
  delaySeconds: z.number().min(0).max(86_400).default(60),
  maxDelaySeconds: z.number().min(0).max(86_400).default(3600),
});

/** When and how often a call is tried again. The default is one attempt: nobody is called twice unasked. */
export const retryPolicy = z
  .strictObject({
    maxAttempts: z.number().int().min(1).max(20).default(1),
    backoff: backoff.default(backoff.parse({})),
    on: z
      .array(z.enum(RETRYABLE_OUTCOMES))
      .default([...RETRYABLE_OUTCOMES])
      .meta({ description: "Outcomes that are tried again; all that can be, by default" }),
  })
  .meta({ description: "When and how often the call is tried again" });

/** When and how often a call is tried again. */
export type RetryPolicy = z.output<typeof retryPolicy>;
