import type { Acting, CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { noteStep, withAttempt } from "../rules/attempts.ts";

/**
 * A new call that is made again, with who asked for it in its timeline, and the line in the audit trail, to be written
 * together.
 */
export function withRequester(
  { audit }: Pick<DispatchContext, "audit">,
  record: CallRecord,
  acting: Acting | undefined,
): CallRecord {
  const { _id: newCallLogId, retryOf: target, projectId, createdAt: at } = record;
  const [first] = record.attempts;
  if (acting === undefined || first === undefined || target === undefined) return record;
  const facts = { newCallLogId };
  const line = audit.line({ act: "calls.retry", acting, projectId, target, facts });
  const noted = withAttempt(record, noteStep(first, "requested", { at, by: acting.actor }));
  return { ...noted, unfiledActs: [line] };
}
