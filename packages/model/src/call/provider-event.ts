import { z } from "zod";

import { ANSWERED_BY, EVENT_SOURCES, EVENT_STATUSES, keptPayload } from "./attempt.ts";

/** A provider's report on one attempt, in terms that are the same for all providers. */
export const providerEvent = z.object({
  attemptId: z.string(),
  provider: z.string(),
  providerCallId: z.string().optional(),
  source: z.enum(EVENT_SOURCES),
  status: z.enum(EVENT_STATUSES),
  /** When it happened, by the provider's clock; ISO text, because it is part of a job. */
  at: z.iso.datetime(),
  /** When call-log received it; set for events fetched later from the provider's own record. */
  learntAt: z.iso.datetime().optional(),
  sequence: z.number().int().optional(),
  answeredBy: z.enum(ANSWERED_BY).optional(),
  digits: z.string().max(32).optional(),
  /** Index of the gather step that the digits answer; the first one where it is absent. */
  step: z.number().int().min(0).optional(),
  durationSeconds: z.number().min(0).optional(),
  sipResponseCode: z.number().int().optional(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  /** Decimal text as the provider gave it, such as "-0.01300"; with its currency. */
  price: z.object({ amount: z.string(), currency: z.string() }).optional(),
  payload: keptPayload.optional(),
});

/** A provider's report on one attempt. */
export type ProviderEvent = z.output<typeof providerEvent>;
