import { allowedNumberTypes, DEFAULT_CALLEE_LIMITS, parseCalleeLimits } from "@call-log/model";
import { z } from "zod";

const seconds = (fallback: number, description: string) =>
  z.coerce
    .number({ error: "must be a number of seconds" })
    .positive({ error: "must be more than 0 seconds" })
    .default(fallback)
    .meta({ description });

const count = (fallback: number, description: string) =>
  z.coerce
    .number({ error: "must be a whole number" })
    .int({ error: "must be a whole number" })
    .min(1, { error: "must be at least 1" })
    .default(fallback)
    .meta({ description });

const rate = (description: string) =>
  z.coerce
    .number({ error: "must be a number of calls" })
    .positive({ error: "must be more than 0 calls" })
    .optional()
    .meta({ description });

const secondsList = z
  .string()
  .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?)*$/, { error: 'must be seconds with commas, such as "60,600"' })
  .default("60,600,3600,86400")
  .transform((text) => text.split(",").map(Number))
  .meta({ description: "Times of the price requests, in seconds after the end of an attempt" });

const recordSeconds = z
  .string()
  .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?)*$/, {
    error: 'must be seconds with commas, such as "960,3600"',
  })
  .default("960,3600,86400")
  .transform((text) => text.split(",").map(Number))
  .meta({
    description:
      "Times at which the provider's own record is read for missing digits and SIP codes, in seconds after the end of an attempt; Twilio has it after 900",
  });

const numberTypes = z
  .string()
  .transform((text) => text.split(",").flatMap((word) => word.trim() || []))
  .pipe(allowedNumberTypes)
  .optional()
  .meta({
    description:
      "Costly types of numbers that projects may call if their own setting also allows them: `premium`, `sharedCost`, `satellite`, `international`, with commas; none when absent",
  });

const calleeLimitsText = z
  .string()
  .refine((text) => parseCalleeLimits(text) !== undefined, {
    error: 'must be calls/seconds with commas, such as "1/60,3/900", or "off"',
  })
  .default(DEFAULT_CALLEE_LIMITS)
  .meta({
    description:
      "How often a project may call one number, as calls/seconds, or `off`; a project's setting has precedence, and the simulated provider has no such limit",
  });

/** Settings of the dispatcher by the names of their environment variables; fractions of seconds are allowed. */
export const dispatcherSettings = z
  .object({
    PROVIDER_TIMEOUT_SECONDS: seconds(10, "Time-out of a request to the provider"),
    PROVIDER_CALLS_PER_SECOND: rate(
      "Calls that a provider account may start per second, unless it has its own setting; the provider's default when absent, such as 1 at Twilio",
    ),
    FROM_NUMBER_CALLS_PER_SECOND: rate("Calls per second from one number; no limit when absent"),
    DESTINATION_CALLS_PER_MINUTE: rate("Calls per minute to one number; no limit when absent"),
    ALLOWED_NUMBER_TYPES: numberTypes,
    CALLEE_LIMITS: calleeLimitsText,
    CLAIM_DEADLINE_SECONDS: seconds(
      30,
      "After this time a claimed attempt without an answer is unknown",
    ),
    UNKNOWN_WINDOW_SECONDS: seconds(
      120,
      "How long an unknown attempt is looked for before it is held or retried",
    ),
    REQUEUE_AFTER_SECONDS: seconds(30, "Delay before the job of a due attempt is added again"),
    POLL_AFTER_SECONDS: seconds(
      60,
      "Delay before a call without news is looked up at the provider",
    ),
    SETTLE_SECONDS: seconds(3, "How long the end of a call waits for late digits"),
    PRICE_POLL_SECONDS: secondsList,
    RECORD_POLL_SECONDS: recordSeconds,
    PAUSED_RECHECK_SECONDS: seconds(
      15,
      "First check of a call that waits for a paused provider or project, unless the pause ends before; then at doubling intervals, up to ten minutes",
    ),
    PROVIDER_CHECK_SECONDS: seconds(
      60,
      "How often the account of a provider is checked: one that refused a call, and one that such a check has paused",
    ),
    SWEEP_EVERY_SECONDS: seconds(
      5,
      "Interval of the sweeper, which finds calls with something due",
    ),
    SWEEP_BATCH: count(50, "How many due calls the sweeper handles at a time"),
    DISPATCH_CONCURRENCY: count(50, "How many attempts one worker dispatches at a time"),
    EVENT_CONCURRENCY: count(50, "How many status updates one worker records at a time"),
    REQUEST_CONCURRENCY: count(20, "How many queued requests one worker accepts at a time"),
    MAX_DISPATCH_JOBS: count(
      10_000,
      "About how many due calls wait in Redis; the others wait in MongoDB, emergencies first, then project by project",
    ),
  })
  .refine((env) => env.CLAIM_DEADLINE_SECONDS > env.PROVIDER_TIMEOUT_SECONDS, {
    path: ["CLAIM_DEADLINE_SECONDS"],
    error: "must be more than PROVIDER_TIMEOUT_SECONDS",
  })
  .transform((env) => ({
    providerTimeoutSeconds: env.PROVIDER_TIMEOUT_SECONDS,
    providerCallsPerSecond: env.PROVIDER_CALLS_PER_SECOND,
    fromNumberCallsPerSecond: env.FROM_NUMBER_CALLS_PER_SECOND,
    destinationCallsPerMinute: env.DESTINATION_CALLS_PER_MINUTE,
    calleeLimits: parseCalleeLimits(env.CALLEE_LIMITS) ?? "off",
    allowedNumberTypes: env.ALLOWED_NUMBER_TYPES ?? [],
    claimDeadlineSeconds: env.CLAIM_DEADLINE_SECONDS,
    unknownWindowSeconds: env.UNKNOWN_WINDOW_SECONDS,
    requeueAfterSeconds: env.REQUEUE_AFTER_SECONDS,
    pollAfterSeconds: env.POLL_AFTER_SECONDS,
    settleSeconds: env.SETTLE_SECONDS,
    pricePollSeconds: env.PRICE_POLL_SECONDS,
    recordPollSeconds: env.RECORD_POLL_SECONDS,
    pausedRecheckSeconds: env.PAUSED_RECHECK_SECONDS,
    providerCheckSeconds: env.PROVIDER_CHECK_SECONDS,
    sweepEverySeconds: env.SWEEP_EVERY_SECONDS,
    sweepBatch: env.SWEEP_BATCH,
    dispatchConcurrency: env.DISPATCH_CONCURRENCY,
    eventConcurrency: env.EVENT_CONCURRENCY,
    requestConcurrency: env.REQUEST_CONCURRENCY,
    maxDispatchJobs: env.MAX_DISPATCH_JOBS,
  }));

/** Settings of the dispatcher, parsed. */
export type DispatcherSettings = z.output<typeof dispatcherSettings>;
