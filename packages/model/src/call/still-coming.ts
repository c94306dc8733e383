import type { QueryInput } from "../query/conditions/query-type.ts";
import type { CallLogView } from "../query/views/present-call-log.ts";
import { isFinalStatus } from "./call-status.ts";
import { OPEN_STATUSES } from "./open-calls.ts";

/** Query of the calls of an incident that still come: they are open, and were not acknowledged themselves. */
export function stillComing(incidentId: string): QueryInput {
  return { incidentId, status: [...OPEN_STATUSES], acknowledgedAt: { _type: "IsNull" } };
}

/** Whether a call still comes: it is open, and was not acknowledged itself. */
export function isStillComing({
  status,
  acknowledgedAt,
}: Pick<CallLogView, "status" | "acknowledgedAt">): boolean {
  return !isFinalStatus(status ?? "") && !acknowledgedAt;
}
