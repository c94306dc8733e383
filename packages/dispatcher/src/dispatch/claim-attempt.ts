import type { Attempt, CallRecord } from "@call-log/model";
import { newClaimId } from "@call-log/store";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { untilWritten } from "../record/until-written.ts";
import type { Recording } from "../record/update-call.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { giveBackClaim } from "./give-back-claim.ts";

/** What it takes to claim an attempt, and to give the claim back. */
export type Claiming = Recording & Pick<DispatchContext, "calleeTurns" | "workerId">;

/** An attempt, and what will be sent for it. */
export interface Claim {
  attempt: Attempt;
  provider: string;
  /** The project's providers, in their order. */
  chain: readonly string[];
  fromNumber: string;
  requestDigest: string;
  claimedAt: Date;
}

/**
 * Claim an attempt: the record after it, or undefined when it is not to be dialled. Rejects when the database is away. It may have
 * written the claim nevertheless, so that is given back as soon as it can be.
 */
export async function claimAttempt(
  context: Claiming,
  record: CallRecord,
  { attempt, chain, claimedAt, ...sent }: Claim,
): Promise<CallRecord | undefined> {
  const { calls, outbox, settings, workerId } = context;
  const { _id: callLogId, projectId, status, eventCount } = record;
  const isAnnounced = (await outbox.wanted(record)).has("call.status-changed");
  const claimId = newClaimId();
  const giveBack = () =>
    giveBackClaim(context, { callLogId, attemptId: attempt._id, claimId, chain });
  try {
    const claimed = await calls.claim({
      ...sent,
      projectId,
      callLogId,
      attemptNumber: attempt.number,
      workerId,
      claimId,
      now: claimedAt,
      deadlineAt: secondsAfter(claimedAt, settings.claimDeadlineSeconds),
      ...(isAnnounced && { announced: { status, eventCount } }),
    });
    if (claimed !== undefined) outbox.move([claimed]);
    // A driver that got no answer sends the claim again, and it then loses to its own first one.
    else await giveBack();
    return claimed;
  } catch (error) {
    void untilWritten(context, attempt._id, giveBack);
    throw error;
  }
}
