import {
  type Attempt,
  callEventId,
  type CallEventType,
  type CallRecord,
  isFinalStatus,
  type OutboxEvent,
  statusChange,
} from "@call-log/model";

import { isProvisional } from "./attempt-outcome.ts";
import { isWithdrawn } from "./attempts.ts";

/** An event before it has its number. */
type Draft = Pick<OutboxEvent, "type" | "change">;

/** A call before a write, undefined for a new one, and after it. */
interface Change {
  before: CallRecord | undefined;
  after: CallRecord;
}

/** What a change means for those who listen, by the type of event. */
const FINDERS: Record<CallEventType, (change: Change) => Draft["change"][]> = {
  "call.acknowledged": acknowledged,
  "call.unknown": becameUnknown,
  "call.attempt-ended": endedAttempts,
  "call.status-changed": statusChanged,
  "call.exhausted": exhausted,
  "call.price-final": priced,
};

const TYPES = Object.keys(FINDERS) as CallEventType[];

/**
 * The record with the events of its change at the end of the outbox, of the types that somebody asks for. What a fact means comes after
 * it: the acknowledgement, the end of the attempt, the status, the price.
 */
export function withEvents(
  change: Change,
  { wanted, at }: { wanted: ReadonlySet<CallEventType>; at: Date },
): CallRecord {
  const { after } = change;
  if (wanted.size === 0) return after;
  const drafts = TYPES.filter((type) => wanted.has(type)).flatMap((type) =>
    FINDERS[type](change).map((found) => ({ type, change: found })),
  );
  if (drafts.length === 0) return after;
  const { eventCount = 0, outbox = [], outboxAt = at } = after;
  const events = drafts.map((draft, index) => ({
    id: callEventId(after._id, eventCount + index + 1),
    at,
    ...draft,
  }));
  return {
    ...after,
    eventCount: eventCount + events.length,
    outbox: [...outbox, ...events],
    outboxAt,
  };
}

function statusChanged({ before, after }: Change) {
  if (before?.status === after.status) return [];
  return [statusChange(before?.status ?? null, after.status).change];
}

function acknowledged({ before, after }: Change) {
  if (before?.acknowledgedAt !== undefined || after.acknowledgedAt === undefined) return [];
  const attempt = after.attempts.find(({ acknowledgedAt }) => acknowledgedAt !== undefined);
  const pressed = { attemptNumber: attempt?.number, digits: attempt?.digits };
  return [{ acknowledgedAt: after.acknowledgedAt.toISOString(), ...pressed }];
}

function becameUnknown(change: Change) {
  return newly(change, (attempt) => attempt.state === "unknown").map(
    ({ number: attemptNumber, provider, lostAnswer }) => ({ attemptNumber, provider, lostAnswer }),
  );
}

function endedAttempts(change: Change) {
  return newly(change, hasEnded).map((attempt) => {
    const { number: attemptNumber, outcome, provider, endedAt, durationSeconds } = attempt;
    const { answeredBy, errorClass, errorCode } = attempt;
    const end = { endedAt: endedAt?.toISOString(), durationSeconds, answeredBy };
    return { attemptNumber, outcome, provider, ...end, errorClass, errorCode };
  });
}

// An outcome that facts on their way may change is one when the call goes on or is over.
function hasEnded(attempt: Attempt, { plan, status, attempts }: CallRecord): boolean {
  if (attempt.outcome === undefined || isWithdrawn(attempt)) return false;
  return !isProvisional(attempt, plan) || isFinalStatus(status) || attempt.number < attempts.length;
}

function exhausted({ before, after }: Change) {
  const { status, statusMessage, attemptCount } = after;
  if (!isFinalStatus(status) || (before !== undefined && isFinalStatus(before.status))) return [];
  if (status === "Completed" || status === "Canceled") return [];
  return [{ status, statusMessage, attemptCount }];
}

function priced({ before, after }: Change) {
  if (!hasFinalPrice(after) || (before !== undefined && hasFinalPrice(before))) return [];
  const { callCostInUSDCents, pricing } = after;
  return [{ callCostInUSDCents, pricing }];
}

function hasFinalPrice({ status, pricing }: CallRecord): boolean {
  return isFinalStatus(status) && pricing !== "pending";
}

function newly(
  { before, after }: Change,
  rule: (attempt: Attempt, record: CallRecord) => boolean,
): Attempt[] {
  return after.attempts.filter((attempt) => {
    const previous = before?.attempts[attempt.number - 1];
    const held = before !== undefined && previous !== undefined && rule(previous, before);
    return !held && rule(attempt, after);
  });
}
