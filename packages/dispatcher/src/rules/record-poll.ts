import type { Attempt, CallRecord } from "@call-log/model";
import { canAcknowledge, gatherOf } from "@call-log/model";

import type { DispatcherSettings } from "../context/dispatcher-settings.ts";
import { growingDelay } from "./growing-delay.ts";
import { secondsAfter, secondsBetween } from "./seconds.ts";

/** How long providers keep their record of a call; Twilio keeps it for 30 days. */
const KEPT_SECONDS = 30 * 86_400;

/** Endings of which a SIP code says more. */
const UNCLEAR_ENDINGS: ReadonlySet<string> = new Set(["busy", "no-answer", "failed"]);

/**
 * When the provider's own record of an attempt is asked for next; undefined when it can tell nothing that is missing,
 * or all polls are used up.
 */
export function nextRecordPoll(
  record: CallRecord,
  attempt: Attempt,
  settings: Pick<DispatcherSettings, "recordPollSeconds">,
): Date | undefined {
  const { endedAt, recordPolls = 0 } = attempt;
  const wait = settings.recordPollSeconds[recordPolls];
  if (endedAt === undefined || wait === undefined) return undefined;
  return isRecordWanted(record, attempt) ? secondsAfter(endedAt, wait) : undefined;
}

/**
 * When the sweeper has to look at an attempt for its record; after a try that failed, the later the longer it is past.
 */
export function recordWakeTime(
  record: CallRecord,
  attempt: Attempt,
  {
    now,
    settings,
  }: {
    now: Date;
    settings: Pick<DispatcherSettings, "recordPollSeconds" | "pollAfterSeconds">;
  },
): Date | undefined {
  const next = nextRecordPoll(record, attempt, settings);
  if (next === undefined || next > now) return next;
  if (secondsBetween(next, now) > KEPT_SECONDS) return undefined;
  return secondsAfter(now, growingDelay(next, now, settings.pollAfterSeconds));
}

// Only where a callback is missing: nobody is known to have pressed anything, or the end was found by looking.
function isRecordWanted(record: CallRecord, attempt: Attempt): boolean {
  const { state, providerCallId, recordReadAt } = attempt;
  if (state !== "ended" || providerCallId === undefined || recordReadAt !== undefined) return false;
  const reported = attempt.events.filter(({ source }) => source !== "worker");
  if (reported.some(({ status }) => status === "completed")) return lacksDigits(record, attempt);
  return attempt.sipResponseCode === undefined && reported.some(isUnclearLookUp);
}

function lacksDigits({ acknowledgedAt, plan }: CallRecord, { events }: Attempt): boolean {
  if (acknowledgedAt !== undefined || gatherOf(plan.steps) === undefined) return false;
  return canAcknowledge(plan.steps) || !events.some(({ status }) => status === "digits");
}

function isUnclearLookUp({ source, status }: Attempt["events"][number]): boolean {
  return source === "poll" && UNCLEAR_ENDINGS.has(status);
}
