import type { CallRecord } from "@call-log/model";

import { type AttemptClaim, newClaimId } from "../calls/attempt-claim.ts";
import { later } from "./on-each-store.ts";

/** A worker's claim of the first attempt of a call. */
export function claimOf(record: CallRecord, overrides: Partial<AttemptClaim> = {}): AttemptClaim {
  return {
    projectId: record.projectId,
    callLogId: record._id,
    attemptNumber: 1,
    workerId: "worker-1",
    claimId: newClaimId(),
    provider: "simulated",
    fromNumber: "+15550001111",
    requestDigest: "d".repeat(64),
    now: later(1000),
    deadlineAt: later(31_000),
    ...overrides,
  };
}
