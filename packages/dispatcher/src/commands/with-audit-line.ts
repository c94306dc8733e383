import { type ActReport, type CallRecord, changesBetween } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";

/** The changed call with the audit line of the command, to be written together. */
export function withAuditLine(
  { audit }: Pick<DispatchContext, "audit">,
  { before, after }: { before: CallRecord; after: CallRecord },
  report: Pick<ActReport, "act" | "acting" | "facts">,
): CallRecord {
  const { _id: target, projectId } = before;
  const changes = changesBetween({ ...before }, { ...after }, ["status"]);
  const line = audit.line({ ...report, projectId, target, changes });
  return { ...after, unfiledActs: [...(after.unfiledActs ?? []), line] };
}
