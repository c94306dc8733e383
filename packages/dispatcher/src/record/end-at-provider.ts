import { type Attempt, CallLogError, type CallRecord } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";

import { errorFields } from "../context/log.ts";
import { providerOf, type Providers } from "../providers/provider-lookup.ts";
import { currentAttempt } from "../rules/attempts.ts";
import { snapshotEvents } from "../rules/snapshot-events.ts";
import { recordEvents } from "./record-event.ts";
import type { Recording } from "./update-call.ts";

/** End a call at the provider, and record its answer. SERVICE_UNAVAILABLE when it can't be asked. */
export async function endAtProvider(
  context: Recording & Providers,
  record: CallRecord,
  attempt: Attempt & { providerCallId: string },
): Promise<CallRecord> {
  const { _id: attemptId, provider = "", providerCallId } = attempt;
  const snapshot = await askToEnd(context, attempt, providerCallId);
  if (snapshot === undefined) return record;
  const origin = { attemptId, provider, source: "api", now: context.now() } as const;
  return (await recordEvents(context, attemptId, snapshotEvents(snapshot, origin))) ?? record;
}

async function askToEnd(
  context: Providers & Pick<Recording, "log">,
  attempt: Attempt,
  providerCallId: string,
): Promise<CallSnapshot | undefined> {
  try {
    return await providerOf(context, attempt).endCall(providerCallId);
  } catch (error) {
    context.log.warn(
      { attemptId: attempt._id, ...errorFields(error) },
      "a call could not be ended",
    );
    throw new CallLogError(
      "SERVICE_UNAVAILABLE",
      "the provider can't be asked to end the call now; no further attempt follows, try again",
      { cause: error },
    );
  }
}

// The phone may ring, and nobody has answered it.
function isRinging(record: CallRecord): boolean {
  const { state, providerCallId } = currentAttempt(record);
  return providerCallId !== undefined && (state === "accepted" || state === "ringing");
}

/** End the call of an alert that has ended, if it rings. When the provider can't be asked, the sweeper asks again. */
export async function endRinging(
  context: Recording & Providers,
  record: CallRecord,
): Promise<void> {
  const attempt = currentAttempt(record);
  const { providerCallId } = attempt;
  if (!isRinging(record) || providerCallId === undefined) return;
  try {
    await endAtProvider(context, record, { ...attempt, providerCallId });
  } catch (error) {
    const fields = { attemptId: attempt._id, ...errorFields(error) };
    context.log.warn(fields, "the call of an alert that ended could not be ended yet");
  }
}
