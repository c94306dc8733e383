import { z } from "zod";

import { numberBetween, wholeNumber } from "../value/number-range.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { RETRYABLE_OUTCOMES } from "./call-outcome.ts";

const backoff = onlyKeys({
  type: z.enum(["fixed", "exponential"]).default("fixed").meta({
    description: "The same delay each time, or one that doubles",
    example: "exponential",
  }),
  delaySeconds: numberBetween(0, 86_400).default(60).meta({
    description: "Delay before the second attempt, in seconds",
    example: 60,
  }),
  maxDelaySeconds: numberBetween(0, 86_400).default(3600).meta({
    description: "Longest delay, in seconds",
    example: 900,
  }),
});

/**
 * When and how often a call is tried again. The default is one attempt, so that no one is called twice without a
 * request for it.
 */
export const retryPolicy = onlyKeys({
  maxAttempts: wholeNumber(1, 20).default(1).meta({
    description: "Attempts in all, with the first one",
    example: 3,
  }),
  backoff: backoff.default(backoff.parse({})).meta({
    description: "How long to wait between attempts",
  }),
  on: z
    .array(z.enum(RETRYABLE_OUTCOMES))
    .default([...RETRYABLE_OUTCOMES])
    .meta({
      description: "Outcomes that are tried again. Default: all that can be",
      example: ["busy", "no-answer"],
    }),
}).meta({ description: "When and how often the call is tried again" });

/** When and how often a call is tried again. */
export type RetryPolicy = z.output<typeof retryPolicy>;
