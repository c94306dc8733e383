import type { CallRecord, ProviderEvent } from "@call-log/model";

import { applyEvent } from "./apply-event.ts";
import { deriveCallStatus, type StatusSituation } from "./derive-call-status.ts";

/** Result of applying events. */
export interface AppliedEvents {
  record: CallRecord;
  changed: boolean;
  /** How many name another call of the provider than the attempt is bound to. */
  conflicts: number;
}

/** Apply events to a call one after another, and derive its status after each. */
export function applyEvents(
  record: CallRecord,
  events: readonly ProviderEvent[],
  situation: StatusSituation,
): AppliedEvents {
  let result: AppliedEvents = { record, changed: false, conflicts: 0 };
  for (const event of events) {
    const applied = applyEvent(result.record, event);
    if (applied.conflict) result = { ...result, conflicts: result.conflicts + 1 };
    if (applied.changed)
      result = { ...result, changed: true, record: deriveCallStatus(applied.record, situation) };
  }
  return result;
}
