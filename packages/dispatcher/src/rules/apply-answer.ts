import type { Attempt, CallRecord, ProviderEvent } from "@call-log/model";
import type { PlaceResult } from "@call-log/provider";

import { applyEvent } from "./apply-event.ts";
import { OUTCOME_OF_REFUSAL } from "./attempt-outcome.ts";
import { appendEvent, attemptById, noteStep, withAttempt } from "./attempts.ts";
import { FREE } from "./call-cost.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** The provider's answer to one attempt. */
export interface ProviderAnswer {
  attemptId: string;
  provider: string;
  result: PlaceResult;
  /** When the answer came. */
  at: Date;
}

/** Result of applying an answer. */
export interface AppliedAnswer {
  record: CallRecord;
  /** The provider named another call than the attempt is bound to, or refused what it had taken. */
  conflict?: true;
}

/** Apply the answer to "create call". What a callback has already written stands. */
export function applyAnswer(record: CallRecord, answer: ProviderAnswer): AppliedAnswer {
  const attempt = attemptById(record, answer.attemptId);
  if (attempt === undefined) return { record };
  const { result } = answer;
  switch (result.kind) {
    case "accepted":
      return applyAcceptance(record, acceptanceEvent(answer, result.providerCallId), answer.at);
    case "rejected":
      if (!isOpenToRefusal(attempt)) return { record, conflict: true };
      return { record: withAttempt(record, rejected(attempt, result, answer.at)) };
    case "unknown":
      if (attempt.state !== "submitting") return { record };
      return { record: unanswered(record, attempt, { at: answer.at, why: result.reason }) };
  }
}

/** An attempt that was claimed, but whose answer nobody knows; the call becomes `Unknown`. */
export function unanswered(
  record: CallRecord,
  attempt: Attempt,
  { at, why }: { at: Date; why: string },
): CallRecord {
  const noted = noteStep(attempt, "unknown", at);
  const unknown: Attempt = { ...noted, state: "unknown", lostAnswer: why };
  return {
    ...withAttempt(record, unknown),
    status: "Unknown",
    statusMessage: `The provider's answer was lost (${why}); looking for the call there`,
  };
}

/** The event that an acceptance is, for the record and for the queue. */
export function acceptanceEvent(answer: ProviderAnswer, providerCallId: string): ProviderEvent {
  const { attemptId, provider, at } = answer;
  return {
    attemptId,
    provider,
    providerCallId,
    source: "api",
    status: "accepted",
    at: at.toISOString(),
  };
}

function applyAcceptance(record: CallRecord, event: ProviderEvent, at: Date): AppliedAnswer {
  const { record: applied, conflict } = applyEvent(record, event);
  if (conflict) return { record, conflict };
  const attempts = applied.attempts.map((attempt) =>
    attempt._id === event.attemptId
      ? { ...attempt, submittedAt: attempt.submittedAt ?? at }
      : attempt,
  );
  return { record: { ...applied, attempts } };
}

/** Whether a refusal may still end the attempt: the provider has no call for it, as far as is known. */
export function isOpenToRefusal({ state, providerCallId }: Attempt): boolean {
  return (state === "submitting" || state === "unknown") && providerCallId === undefined;
}

function rejected(
  attempt: Attempt,
  result: Extract<PlaceResult, { kind: "rejected" }>,
  at: Date,
): Attempt {
  const line = { at, source: "api", status: "rejected", late: false } as const;
  return withoutUndefined<Attempt>({
    ...attempt,
    ...FREE,
    state: "rejected",
    submittedAt: attempt.submittedAt ?? at,
    endedAt: at,
    outcome: OUTCOME_OF_REFUSAL[result.errorClass],
    errorClass: result.errorClass,
    errorCode: result.errorCode,
    errorMessage: result.errorMessage,
    events: appendEvent(attempt.events, line, true),
  });
}
