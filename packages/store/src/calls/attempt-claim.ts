import { randomBytes } from "node:crypto";

import { callEventId, OPEN_STATUSES, type OutboxEvent, statusChange } from "@call-log/model";
import type { Filter, UpdateFilter } from "mongodb";

import type { CallDocument } from "./call-document.ts";

/** The claimant, the attempt, and what will be sent. */
export interface AttemptClaim {
  projectId: string;
  callLogId: string;
  attemptNumber: number;
  workerId: string;
  /** Of this claim alone, so that it is known again after its answer was lost. */
  claimId: string;
  provider: string;
  fromNumber: string;
  /** SHA-256 of what will be sent. */
  requestDigest: string;
  now: Date;
  /** When the sweeper checks the attempt if no answer was recorded by then. */
  deadlineAt: Date;
  /** Present when somebody asks for changes of status: what the event of this one starts from, as it was read. */
  announced?: { status: string; eventCount: number | undefined };
}

/** An id for a claim: 64 random bits as hexadecimal digits. */
export function newClaimId(): string {
  return randomBytes(8).toString("hex");
}

/** What must hold for an attempt to be claimed: still planned, due, on an open call whose deadline has not passed. */
export function claimFilter(claim: AttemptClaim): Filter<CallDocument> {
  const path = attemptPath(claim);
  return {
    _id: claim.callLogId,
    projectId: claim.projectId,
    status: { $in: OPEN_STATUSES },
    [`${path}.state`]: "planned",
    [`${path}.dueAt`]: { $lte: claim.now },
    // Not `$gt`: most calls have no deadline at all.
    deadlineAt: { $not: { $lte: claim.now } },
    ...(claim.announced && asAnnounced(claim.announced)),
  };
}

// The event's number and what it says hold only for the record that they were made from.
function asAnnounced({ status, eventCount }: NonNullable<AttemptClaim["announced"]>) {
  return { status, eventCount: eventCount ?? { $exists: false } };
}

/** What a claim writes: the attempt is being submitted, and the sweeper checks it after the claim's deadline. */
export function claimUpdate(claim: AttemptClaim): UpdateFilter<CallDocument> {
  const path = attemptPath(claim);
  const { provider, fromNumber, workerId, claimId, requestDigest, now } = claim;
  const event = eventOf(claim);
  const attempt = {
    state: "submitting",
    claimedAt: now,
    workerId,
    claimId,
    provider,
    fromNumber,
    requestDigest,
  };
  return {
    $set: {
      ...Object.fromEntries(Object.entries(attempt).map(([k, v]) => [`${path}.${k}`, v])),
      status: "Dialing",
      provider,
      fromNumber,
      updatedAt: now,
      wakeAt: claim.deadlineAt,
      ...(event && { outboxAt: now }),
    },
    // The wait is over.
    $unset: { statusMessage: "", waitsFor: "", waitsUntil: "", heldAt: "" },
    $push: {
      [`${path}.events`]: { at: now, source: "worker", status: "submitting", late: false },
      ...(event && { outbox: event }),
    },
    $inc: { attemptCount: 1, revision: 1, ...(event && { eventCount: 1 }) },
  };
}

function eventOf({ callLogId, announced, now }: AttemptClaim): OutboxEvent | undefined {
  if (announced === undefined || announced.status === "Dialing") return undefined;
  const id = callEventId(callLogId, (announced.eventCount ?? 0) + 1);
  return { id, type: "call.status-changed", at: now, ...statusChange(announced.status, "Dialing") };
}

function attemptPath({ attemptNumber }: AttemptClaim): string {
  return `attempts.${attemptNumber - 1}`;
}
