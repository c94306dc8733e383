import { isDeepStrictEqual } from "node:util";

import type {
  AnsweredBy,
  Attempt,
  AttemptEvent,
  AttemptState,
  CallPlan,
  CallRecord,
  EventStatus,
  ProviderEvent,
} from "@call-log/model";
import { ATTEMPT_STATES, isFinalStatus } from "@call-log/model";

import type { Ending } from "./attempt-outcome.ts";
import { attemptOutcome } from "./attempt-outcome.ts";
import { appendEvent, attemptById, withAttempt } from "./attempts.ts";
import { costOf, FREE } from "./call-cost.ts";
import { laterStep, pressedFacts } from "./pressed-digits.ts";
import { earliest } from "./seconds.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** Result of applying an event. */
export interface AppliedEvent {
  record: CallRecord;
  changed: boolean;
  /** Number of the attempt that ended by this event. */
  ended?: number;
  /** The event speaks of another call of the provider than the attempt is bound to; it was kept out. */
  conflict?: true;
}

/** State that a provider's status moves an attempt to; a status that is not here is a fact beside the state. */
const STATE_OF_STATUS: Readonly<Partial<Record<EventStatus, AttemptState>>> = {
  accepted: "accepted",
  bound: "accepted",
  queued: "accepted",
  initiated: "accepted",
  ringing: "ringing",
  "in-progress": "in-progress",
  digits: "in-progress",
  "answered-by": "in-progress",
  completed: "ended",
  busy: "ended",
  "no-answer": "ended",
  declined: "ended",
  failed: "ended",
  canceled: "ended",
};

/** From the least to the most telling; the most telling answer stands. */
const TELLING: readonly AnsweredBy[] = ["unknown", "human", "machine", "fax"];

/** True for a status after which a call is over. */
export function isEnding(status: EventStatus): status is Ending {
  return STATE_OF_STATUS[status] === "ended";
}

/**
 * Apply a provider's event. Idempotent and independent of order: the state only goes forward, an ended attempt stays ended, facts are merged, and late events are listed as late.
 */
export function applyEvent(record: CallRecord, event: ProviderEvent): AppliedEvent {
  const before = attemptById(record, event.attemptId);
  if (before === undefined) return { record, changed: false };
  if (isOfAnotherCall(before, event)) return { record, changed: false, conflict: true };
  const heard = concluded(merged(before, event, record.plan), record.plan);
  const after = isTooLate(record, before, heard) ? heardLate(before, event, record.plan) : heard;
  if (isDeepStrictEqual(before, after)) return { record, changed: false };
  const ended = !ATTEMPT_STATES[before.state].ended && ATTEMPT_STATES[after.state].ended;
  return {
    record: withAttempt(record, after),
    changed: true,
    ...(ended && { ended: after.number }),
  };
}

// Sums and readers rest on a final status, so its attempts keep the outcomes that go with it. A digit that acknowledges counts whenever it is learnt.
function isTooLate({ status }: CallRecord, { outcome }: Attempt, heard: Attempt): boolean {
  if (!isFinalStatus(status) || outcome === undefined || outcome === "lost") return false;
  return heard.outcome !== outcome && heard.outcome !== "reached";
}

// A late result of machine detection is kept in its event only.
function heardLate(before: Attempt, event: ProviderEvent, plan: CallPlan): Attempt {
  const { answeredBy: _heard, sipResponseCode: _code, ...facts } = event;
  return { ...merged(before, facts, plan), events: listed(before, event, plan) };
}

function isOfAnotherCall(attempt: Attempt, event: ProviderEvent): boolean {
  const differs = (mine?: string, theirs?: string) =>
    mine !== undefined && theirs !== undefined && mine !== theirs;
  return (
    differs(attempt.providerCallId, event.providerCallId) ||
    (attempt.claimedAt !== undefined && differs(attempt.provider, event.provider))
  );
}

function merged(attempt: Attempt, event: ProviderEvent, plan: CallPlan): Attempt {
  const state = forward(attempt.state, STATE_OF_STATUS[event.status]);
  const found = attempt.outcome === "lost" && state !== "unknown";
  return withoutUndefined<Attempt>({
    ...attempt,
    ...(found && { outcome: undefined, price: undefined }),
    state,
    provider: attempt.provider ?? event.provider,
    providerCallId: attempt.providerCallId ?? event.providerCallId,
    ...factsOf(attempt, event, plan),
    ...costOf(event.price),
    events: listed(attempt, event, plan),
  });
}

function forward(state: AttemptState, next: AttemptState | undefined): AttemptState {
  if (next === undefined || ATTEMPT_STATES[state].ended) return state;
  return ATTEMPT_STATES[next].rank > ATTEMPT_STATES[state].rank ? next : state;
}

type Facts = { [K in FactName]: Attempt[K] | undefined };
type FactName =
  | "answeredAt"
  | "answeredBy"
  | "digits"
  | "digitsStep"
  | "acknowledgedAt"
  | "endedAt"
  | "durationSeconds"
  | "sipResponseCode"
  | "errorCode"
  | "errorMessage";

function factsOf(attempt: Attempt, event: ProviderEvent, plan: CallPlan): Facts {
  const at = new Date(event.at);
  const ending = isEnding(event.status);
  return {
    answeredAt:
      event.status === "in-progress" ? earliest([attempt.answeredAt, at]) : attempt.answeredAt,
    answeredBy: mostTelling(attempt.answeredBy, event.answeredBy),
    ...pressedFacts(attempt, event, plan),
    endedAt: ending ? earliest([attempt.endedAt, at]) : attempt.endedAt,
    durationSeconds: attempt.durationSeconds ?? event.durationSeconds,
    sipResponseCode: attempt.sipResponseCode ?? (ending ? event.sipResponseCode : undefined),
    errorCode: attempt.errorCode ?? event.errorCode,
    errorMessage: attempt.errorMessage ?? event.errorMessage,
  };
}

function mostTelling(a: AnsweredBy | undefined, b: AnsweredBy | undefined): AnsweredBy | undefined {
  return TELLING.findLast((answer) => answer === a || answer === b);
}

function listed(
  attempt: Attempt,
  event: ProviderEvent,
  { steps, sensitive }: CallPlan,
): AttemptEvent[] {
  const step = laterStep(event.step, steps);
  if (attempt.events.some((known) => isSameEvent(known, event, step))) return attempt.events;
  const line = withoutUndefined<AttemptEvent>({
    at: new Date(event.at),
    source: event.source,
    status: event.status,
    sequence: event.sequence,
    step,
    answeredBy: event.status === "answered-by" ? event.answeredBy : undefined,
    learntAt: event.learntAt === undefined ? undefined : new Date(event.learntAt),
    late: isLate(attempt.state, event.status),
    payload: sensitive ? undefined : event.payload,
  });
  return appendEvent(attempt.events, line, isEnding(event.status) && !line.late);
}

function isSameEvent(known: AttemptEvent, event: ProviderEvent, step?: number): boolean {
  const { status, sequence } = event;
  if (known.status !== status || known.sequence !== sequence || known.step !== step) return false;
  return event.sequence !== undefined || known.source === event.source;
}

function isLate(state: AttemptState, status: EventStatus): boolean {
  const next = STATE_OF_STATUS[status];
  if (next === undefined) return false;
  return ATTEMPT_STATES[state].ended || ATTEMPT_STATES[next].rank < ATTEMPT_STATES[state].rank;
}

// The outcome follows from the facts each time, so that facts may come in any order.
function concluded(attempt: Attempt, plan: CallPlan): Attempt {
  const ending = endingOf(attempt);
  if (attempt.state !== "ended" || ending === undefined) return attempt;
  const outcome = attemptOutcome(ending, attempt, plan.reachedWhen);
  return { ...attempt, outcome, ...(attempt.price === undefined && priceAfter(ending)) };
}

function endingOf(attempt: Attempt): Ending | undefined {
  for (const { source, status, late } of attempt.events)
    if (source !== "worker" && !late && isEnding(status)) return status;
  return undefined;
}

function priceAfter(ending: Ending): Pick<Attempt, "price" | "costInMicroUSD"> {
  if (ending !== "completed") return FREE;
  return { price: { amount: null, currency: null, pricing: "pending" } };
}
