import type { Attempt, AttemptState, CallRecord, CallStatus } from "@call-log/model";
import { isFinalStatus } from "@call-log/model";

import { isProvisional } from "./attempt-outcome.ts";
import { currentAttempt, isLive, withAttempt, withdraw } from "./attempts.ts";
import { callCost } from "./call-cost.ts";
import { finishOrRetry } from "./finish-or-retry.ts";
import type { FinishedAttempt, RetrySituation } from "./retry-policy.ts";
import { earliest } from "./seconds.ts";
import { withoutUndefined } from "./without-undefined.ts";

/** What the status depends on, beside the call. */
export interface StatusSituation extends RetrySituation {
  /** The time for facts that are still on their way (digits, who answered) is over. */
  settled?: boolean;
}

/** Status of a call while its current attempt is in a state that is not an end. */
const STATUS_OF_STATE: Readonly<Partial<Record<AttemptState, CallStatus>>> = {
  submitting: "Dialing",
  accepted: "Dialing",
  ringing: "Ringing",
  "in-progress": "In Progress",
};

/** Derive a call's own properties from its attempts: status, next attempt, who answered, cost. */
export function deriveCallStatus(record: CallRecord, situation: StatusSituation): CallRecord {
  if (isFinalStatus(record.status)) return summarized(record);
  const kept = withoutNeedlessAttempt(record, situation.now);
  return summarized(followCurrent(kept, situation));
}

function followCurrent(record: CallRecord, situation: StatusSituation): CallRecord {
  const attempt = record.attempts.find(hasReached) ?? currentAttempt(record);
  if (isFinished(attempt)) {
    const waits = isProvisional(attempt, record.plan) && !situation.settled;
    return waits ? record : finishOrRetry(record, attempt, situation);
  }
  const status = STATUS_OF_STATE[attempt.state];
  if (status === undefined || status === record.status) return record;
  return withoutUndefined<CallRecord>({ ...record, status, statusMessage: undefined });
}

function isFinished(attempt: Attempt): attempt is FinishedAttempt {
  return attempt.outcome !== undefined;
}

function hasReached({ outcome }: Attempt): boolean {
  return outcome === "reached";
}

// An attempt reached somebody after all, or turned up again: what nobody has claimed yet is taken back.
function withoutNeedlessAttempt(record: CallRecord, now: Date): CallRecord {
  const planned = record.attempts.find(({ state }) => state === "planned");
  const needless = record.attempts.some((attempt) => hasReached(attempt) || isLive(attempt));
  return planned && needless ? withAttempt(record, withdraw(planned, now)) : record;
}

function summarized(record: CallRecord): CallRecord {
  const { attempts } = record;
  return withoutUndefined<CallRecord>({
    ...record,
    answeredBy: attempts.findLast(({ answeredBy }) => answeredBy)?.answeredBy,
    acknowledgedAt: earliest(attempts.map(({ acknowledgedAt }) => acknowledgedAt)),
    pricing: undefined,
    ...callCost(record),
  });
}
