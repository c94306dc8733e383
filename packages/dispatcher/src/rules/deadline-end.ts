import type { CallRecord, FinalStatus } from "@call-log/model";
import { CALL_OUTCOMES } from "@call-log/model";

import { isWithdrawn } from "./attempts.ts";

/** Prefix of the status message while a gate defers a call. */
export const WAITS = "Waits: ";

/** Words for attempts that the deadline ended. */
export const ENDED_BY_DEADLINE = "the deadline ended the attempts";

const NEVER_DIALLED = "Its deadline passed before it could be dialled";

/**
 * How a deadline ends a call: with the outcome of the last placed attempt, or as `Expired` with the last reason when none was placed.
 */
export function deadlineEnd(record: CallRecord): { status: FinalStatus; message: string } {
  const placed = record.attempts.findLast(
    (attempt) => !isWithdrawn(attempt) && attempt.outcome && CALL_OUTCOMES[attempt.outcome].counts,
  );
  if (placed?.outcome === undefined) return { status: "Expired", message: neverDialled(record) };
  const { status, wording } = CALL_OUTCOMES[placed.outcome];
  const words = [wording, placed.errorMessage, ENDED_BY_DEADLINE];
  return { status, message: words.filter(Boolean).join("; ") };
}

// The reason is its last wait, else the provider's last words.
function neverDialled({ statusMessage, attempts }: CallRecord): string {
  if (statusMessage?.startsWith(WAITS))
    return `${NEVER_DIALLED}; it waited: ${statusMessage.slice(WAITS.length)}`;
  const refused = attempts.findLast((attempt) => attempt.errorMessage !== undefined);
  const wording = refused?.outcome && CALL_OUTCOMES[refused.outcome].wording;
  return [NEVER_DIALLED, wording, refused?.errorMessage].filter(Boolean).join("; ");
}
