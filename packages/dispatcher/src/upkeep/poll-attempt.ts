import type { Attempt, CallRecord, ProviderEvent } from "@call-log/model";

import type { DispatchContext } from "../dispatch-context.ts";
import { recordEvents } from "../dispatch/record-event.ts";
import { providerOf } from "../provider-of.ts";
import { secondsBetween } from "../rules/seconds.ts";
import { snapshotEvents } from "../rules/snapshot-events.ts";

/** A provider that does not know a call any more after this long will not end it; providers queue calls up to a day. */
const FORGOTTEN_AFTER_SECONDS = 90_000;

/**
 * Ask the provider how an attempt stands, and record what is further than what is known. A call that the provider has kept in its queue until
 * its deadline is ended there: providers hold calls back for up to a day, and this one is worth nothing any more.
 */
export async function pollAttempt(
  context: DispatchContext,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  const { _id: attemptId, provider = "", providerCallId } = attempt;
  if (providerCallId === undefined) return;
  const found = await providerOf(context, attempt).fetchCall(providerCallId);
  const now = context.now();
  const isTooLate = record.deadlineAt !== undefined && record.deadlineAt <= now;
  const snapshot =
    found?.status === "queued" && isTooLate
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
  await recordEvents(context, attemptId, events);
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
