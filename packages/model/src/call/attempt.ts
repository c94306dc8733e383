import { z } from "zod";

import { actor } from "../audit/actor.ts";
import { timestamp } from "../value/timestamp.ts";
import { CALL_OUTCOME_NAMES } from "./call-outcome.ts";
import { FORMER_REFUSAL_CLASSES, REFUSAL_CLASSES } from "./refusal-class.ts";

/** What a state of an attempt means. */
export interface AttemptStateEntry {
  /** An ended attempt never changes its state. */
  ended: boolean;
  /** Its progress; an event never lowers it. */
  rank: number;
  wording: string;
}

/** States of one attempt: planned → submitting → accepted → ringing → in progress → ended, or rejected, or unknown. */
export const ATTEMPT_STATES = {
  planned: { ended: false, rank: 0, wording: "Waits for its turn" },
  submitting: { ended: false, rank: 1, wording: "Being handed to the provider" },
  unknown: { ended: false, rank: 1, wording: "The provider's answer is not known" },
  accepted: { ended: false, rank: 2, wording: "Taken by the provider" },
  ringing: { ended: false, rank: 3, wording: "Ringing" },
  "in-progress": { ended: false, rank: 4, wording: "Answered" },
  ended: { ended: true, rank: 5, wording: "Ended" },
  rejected: { ended: true, rank: 5, wording: "Not taken by the provider; nothing was dialled" },
} as const satisfies Record<string, AttemptStateEntry>;

/** State of one attempt. */
export type AttemptState = keyof typeof ATTEMPT_STATES;

/** All states of an attempt. */
export const ATTEMPT_STATE_NAMES = Object.keys(ATTEMPT_STATES) as [AttemptState, ...AttemptState[]];

/** Who answered the phone. */
export const ANSWERED_BY = ["human", "machine", "fax", "unknown"] as const;

/** Who answered the phone. */
export type AnsweredBy = (typeof ANSWERED_BY)[number];

/**
 * How certain a price is: pending, given by the provider, no longer waited for, or without an attempt whose call was
 * never found.
 */
export const PRICINGS = ["pending", "final", "estimated", "incomplete"] as const;

/** How sure a price is. */
export type Pricing = (typeof PRICINGS)[number];

/** Statuses that an event can carry: the provider's call states, the facts beside them, and our own steps. */
export const EVENT_STATUSES = [
  "requested",
  "submitting",
  "accepted",
  "rejected",
  "unknown",
  "bound",
  "queued",
  "initiated",
  "ringing",
  "in-progress",
  "completed",
  "busy",
  "no-answer",
  "declined",
  "failed",
  "canceled",
  "digits",
  "answered-by",
  "price",
  "lost",
  "call-now",
] as const;

/** Status that an event carries. */
export type EventStatus = (typeof EVENT_STATUSES)[number];

/**
 * Source of an event: our worker, the provider's response, its callback, our look-up there, or the provider's own
 * record of its reports.
 */
export const EVENT_SOURCES = ["worker", "api", "callback", "poll", "record"] as const;

/** Most bytes, as JSON, that are kept of what a callback carried. */
export const MAX_PAYLOAD_BYTES = 1024;

/**
 * Contents of a callback under the provider's names, without numbers, secrets or spoken text. Shown on request, never
 * in a list.
 */
export const keptPayload = z
  .record(z.string(), z.string())
  .refine((kept) => JSON.stringify(kept).length <= MAX_PAYLOAD_BYTES)
  .meta({ description: "What a callback carried, by its provider's names" });

/** One line in an attempt's history. */
export const attemptEvent = z.object({
  at: timestamp,
  source: z.enum(EVENT_SOURCES),
  status: z.enum(EVENT_STATUSES),
  sequence: z.number().int().optional().meta({ description: "The provider's own numbering" }),
  step: z.number().int().optional().meta({
    description: "Index of the gather step that digits answered, where it is not the first one",
  }),
  answeredBy: z
    .enum(ANSWERED_BY)
    .optional()
    .meta({ description: "Who answered, as machine detection said then" }),
  learntAt: timestamp.optional().meta({
    description: "When it was learnt, for what the provider's own record told later",
  }),
  late: z.boolean().meta({ description: "It came after the state had already moved on" }),
  by: actor.optional().meta({ description: "Who did it, where somebody did" }),
  reason: z.string().optional().meta({ description: "Why, in their words" }),
  payload: keptPayload.optional(),
});

/** One line in an attempt's history. */
export type AttemptEvent = z.output<typeof attemptEvent>;

/** Most events that one attempt keeps; further ones change the state but are not listed. */
export const MAX_EVENTS_PER_ATTEMPT = 50;

const price = z.object({
  amount: z.string().nullable().meta({ description: "Decimal text as the provider gave it" }),
  currency: z.string().nullable().meta({ description: "ISO 4217" }),
  pricing: z.enum(PRICINGS),
});

/** One try to place a call. */
export const attempt = z.object({
  _id: z.string().meta({ description: "Call log id, a dash, and the attempt's number" }),
  number: z.number().int().min(1),
  state: z.enum(ATTEMPT_STATE_NAMES),
  dueAt: timestamp.meta({ description: "Not dialled before this time" }),
  callNowAt: timestamp.optional().meta({
    description: "When somebody had it dialled past its time, quiet hours and limits to its number",
  }),
  provider: z.string().optional(),
  providerCallId: z.string().optional(),
  fromNumber: z.string().optional(),
  workerId: z.string().optional(),
  requestDigest: z.string().optional().meta({ description: "SHA-256 of what was sent" }),
  claimId: z.string().optional().meta({ description: "Random id of its claim" }),
  claimedAt: timestamp.optional(),
  submittedAt: timestamp.optional(),
  answeredAt: timestamp.optional(),
  endedAt: timestamp.optional(),
  outcome: z.enum(CALL_OUTCOME_NAMES).optional(),
  answeredBy: z.enum(ANSWERED_BY).optional(),
  digits: z.string().optional().meta({
    description: "Digits that acknowledged, else those pressed at the last question",
  }),
  digitsStep: z.number().int().optional().meta({
    description: "Index of the gather step that they answered, where it is not the first one",
  }),
  acknowledgedAt: timestamp.optional(),
  sipResponseCode: z.number().int().optional(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  errorClass: z.enum([...REFUSAL_CLASSES, ...FORMER_REFUSAL_CLASSES]).optional(),
  lostAnswer: z.string().optional().meta({
    description: 'Why the answer to "create call" was not known when the attempt became unknown',
  }),
  durationSeconds: z.number().optional(),
  price: price.optional(),
  pricePolls: z
    .number()
    .int()
    .optional()
    .meta({ description: "How often the price was asked for" }),
  recordPolls: z
    .number()
    .int()
    .optional()
    .meta({ description: "How often the provider's own record was asked for in vain" }),
  recordReadAt: timestamp.optional().meta({
    description: "When the provider's own record of the call was read",
  }),
  costInMicroUSD: z.number().int().optional().meta({ description: "Millionths of a US dollar" }),
  events: z.array(attemptEvent),
});

/** One try to place a call. */
export type Attempt = z.output<typeof attempt>;

/** An attempt as the API returns it: without what only the dispatcher compares, and without the contents of callbacks. */
export const publicAttempt = attempt
  .omit({ requestDigest: true, claimId: true })
  .extend({ events: z.array(attemptEvent.omit({ payload: true })) });

/** Id of a call's attempt. It is the job id of its dispatch and the label in its callback addresses, too. */
export function attemptIdOf(callLogId: string, number: number): string {
  return `${callLogId}-${number}`;
}

/** Call log id and number in an attempt id, or undefined for another text. */
export function parseAttemptId(
  attemptId: string,
): { callLogId: string; number: number } | undefined {
  const match = /^([0-9a-f-]{24,36})-([1-9]\d{0,3})$/.exec(attemptId);
  return match ? { callLogId: match[1]!, number: Number(match[2]) } : undefined;
}
