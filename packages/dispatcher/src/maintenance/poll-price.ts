import type { Attempt, CallRecord } from "@call-log/model";

import { providerOf, type Providers } from "../providers/provider-lookup.ts";
import { updateCall, type Recording } from "../record/update-call.ts";
import { applyEvents } from "../rules/apply-events.ts";
import { attemptById, withAttempt } from "../rules/attempts.ts";
import { deriveCallStatus } from "../rules/derive-call-status.ts";
import { snapshotEvents } from "../rules/snapshot-events.ts";

/**
 * Ask the provider for an attempt's price; without one, count the poll, and after the last one call the cost estimated.
 */
export async function pollPrice(
  context: Recording & Providers,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  const { _id: attemptId, provider = "", providerCallId = "" } = attempt;
  const snapshot = await providerOf(context, attempt).fetchCall(providerCallId);
  const origin = { attemptId, provider, source: "poll", now: context.now() } as const;
  const events = snapshot ? snapshotEvents(snapshot, origin) : [];
  const prices = events.filter(({ status }) => status === "price");
  await updateCall(context, record._id, (read, now) => {
    const situation = { now, chain: [] };
    const followed = applyEvents(read, prices, situation).record;
    return deriveCallStatus(countPoll(followed, attemptId, context), situation);
  });
}

/** Stop waiting for an attempt's price: what is known of its cost stands as estimated. */
export async function giveUpPrice(
  context: Recording,
  record: CallRecord,
  attempt: Attempt,
): Promise<void> {
  await updateCall(context, record._id, (read, now) =>
    deriveCallStatus(withEstimate(read, attempt._id), { now, chain: [] }),
  );
}

function countPoll(
  record: CallRecord,
  attemptId: string,
  { settings }: Pick<Recording, "settings">,
): CallRecord {
  const attempt = attemptById(record, attemptId);
  if (attempt?.price?.pricing !== "pending") return record;
  const pricePolls = (attempt.pricePolls ?? 0) + 1;
  const counted = withAttempt(record, { ...attempt, pricePolls });
  return pricePolls < settings.pricePollSeconds.length ? counted : withEstimate(counted, attemptId);
}

function withEstimate(record: CallRecord, attemptId: string): CallRecord {
  const attempt = attemptById(record, attemptId);
  if (attempt?.price?.pricing !== "pending") return record;
  return withAttempt(record, { ...attempt, price: { ...attempt.price, pricing: "estimated" } });
}
