import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { withEvents } from "../rules/events-of-change.ts";

/** The record with the events of its change, which the same write makes; `before` is undefined for a new call. */
export async function withOutbox(
  { outbox }: Pick<DispatchContext, "outbox">,
  change: { before: CallRecord | undefined; after: CallRecord },
  at: Date,
): Promise<CallRecord> {
  return withEvents(change, { wanted: await outbox.wanted(change.after), at });
}
