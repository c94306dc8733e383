import type { Attempt, CallRecord, ProviderEvent } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { providerOf, type Providers } from "../providers/provider-lookup.ts";
import { recordEvents } from "../record/record-event.ts";
import type { Recording } from "../record/update-call.ts";
import { isEnding } from "../rules/apply-event.ts";
import { attemptById, isCancelRequested } from "../rules/attempts.ts";
import { secondsBetween } from "../rules/seconds.ts";
import { snapshotEvents } from "../rules/snapshot-events.ts";

/** What it takes to notice that callbacks do not come. */
export type Callbacks = Pick<DispatchContext, "callbackUrlsFor" | "callbackSilence">;

/** After this long, a call that the provider no longer knows gets no end; providers queue calls up to a day. */
const FORGOTTEN_AFTER_SECONDS = 90_000;

/**
 * Ask the provider how an attempt stands, and record what is further than what is known. A call that the provider has kept in its queue until
 * its deadline is ended there: providers hold calls back for up to a day, and this one is worth nothing any more. So is one that was
 * canceled by somebody who did not get to the provider.
 */
export async function pollAttempt(
  context: Recording & Providers & Callbacks,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  const { _id: attemptId, provider = "", providerCallId } = attempt;
  if (providerCallId === undefined) return;
  const found = await providerOf(context, attempt).fetchCall(providerCallId);
  const now = context.now();
  const snapshot =
    found !== undefined && mustEnd(record, attempt, { status: found.status, now })
      ? await providerOf(context, attempt).endCall(providerCallId)
      : found;
  const age = secondsBetween(attempt.claimedAt ?? attempt.dueAt, now);
  if (snapshot === undefined && age < FORGOTTEN_AFTER_SECONDS) {
    context.log.warn({ attemptId }, "the provider does not know a call that it took");
    return;
  }
  const events = snapshot
    ? snapshotEvents(snapshot, { attemptId, provider, source: "poll", now })
    : [forgotten(attempt, now)];
  noteSilence(context, attemptId, await recordEvents(context, attemptId, events));
}

// Where an address was given, each step is reported there; an attempt that goes on without a report has lost its callbacks.
function noteSilence(
  { callbackUrlsFor, callbackSilence }: Callbacks,
  attemptId: string,
  record: CallRecord | undefined,
): void {
  const attempt = record && attemptById(record, attemptId);
  const { provider } = attempt ?? {};
  if (attempt === undefined || provider === undefined || !hasNoCallback(attempt)) return;
  if (callbackUrlsFor({ provider, attemptId }) !== undefined)
    callbackSilence.miss(provider, attemptId);
}

function hasNoCallback({ state, events }: Attempt): boolean {
  const goesOn = state === "ringing" || state === "in-progress" || state === "ended";
  return goesOn && events.every(({ source }) => source !== "callback");
}

function mustEnd(
  { deadlineAt, alertOrigin }: CallRecord,
  attempt: Attempt,
  { status, now }: { status: CallSnapshot["status"]; now: Date },
): boolean {
  const isTooLate = deadlineAt !== undefined && deadlineAt <= now;
  // Who has answered the call of an alert that ended hears it to its end.
  const goesOn = status === "in-progress" && alertOrigin?.stoppedAt !== undefined;
  const isCanceled = isCancelRequested(attempt) && !isEnding(status) && !goesOn;
  return (status === "queued" && isTooLate) || isCanceled;
}

function forgotten({ _id, provider = "" }: Attempt, now: Date): ProviderEvent {
  return {
    attemptId: _id,
    provider,
    source: "poll",
    status: "failed",
    at: now.toISOString(),
    errorMessage: "the provider no longer knows this call",
  };
}
