import type { CallRecord } from "@call-log/model";
import { type AttemptClaim, newClaimId } from "@call-log/store";

const CLAIM_DEADLINE_MS = 60_000;

/** A worker's claim of the first attempt of a call, now. */
export function benchClaim({ _id, projectId, fromNumber }: CallRecord): AttemptClaim {
  const now = new Date();
  return {
    projectId,
    callLogId: _id,
    attemptNumber: 1,
    workerId: "bench",
    claimId: newClaimId(),
    provider: "twilio",
    fromNumber: fromNumber!,
    requestDigest: "a7".repeat(32),
    now,
    deadlineAt: new Date(now.getTime() + CLAIM_DEADLINE_MS),
  };
}
