import type { ProviderEvent } from "@call-log/model";

import { noticesOf } from "./callbacks/callback-plan.ts";
import { eventOf } from "./callbacks/callback-reading.ts";
import type { LedgerCall } from "./ledger/ledger-line.ts";
import { endOf, hasCome, momentsOf } from "./script/timeline.ts";

/** Carrier's seconds from the end of a call until its record can be read, as at Twilio. */
const READABLE_AFTER_SECONDS = 900;

/** The events the carrier reported of a call, or should have; undefined while its record can't be read. Empty for a call without callback addresses. */
export function recordAt(call: LedgerCall, now: Date): ProviderEvent[] | undefined {
  const { seconds } = endOf(momentsOf(call));
  if (!hasCome(call, seconds + READABLE_AFTER_SECONDS, now)) return undefined;
  if (call.callbackUrls === undefined) return [];
  const { attemptId, providerCallId: CallSid } = call;
  return noticesOf(call).map(({ kind, fields }) =>
    eventOf({ kind, form: { CallSid, ...fields } }, { attemptId, source: "record" }),
  );
}
