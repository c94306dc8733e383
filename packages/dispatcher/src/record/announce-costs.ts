import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import { attemptCharge } from "../rules/attempt-charge.ts";

/**
 * Schedule the reservations of attempts whose cost a change has altered for the next round. Never rejects: every reservation is checked
 * again by itself, only later.
 */
export async function announceCosts(
  { budgets, log, now, projects }: Pick<DispatchContext, "budgets" | "log" | "now" | "projects">,
  before: CallRecord,
  after: CallRecord,
): Promise<void> {
  const attemptIds = changedCosts(before, after, now());
  if (attemptIds.length === 0) return;
  try {
    const project = await projects.find(after.projectId);
    if (project?.budget !== undefined) await budgets.recheck(attemptIds);
  } catch (error) {
    const callLogId = after._id;
    log.warn({ callLogId, ...errorFields(error) }, "a budget learns of a cost only later");
  }
}

function changedCosts(before: CallRecord, after: CallRecord, now: Date): string[] {
  const costIn = (record: CallRecord, id: string) => {
    const charge = attemptCharge(record, id, { reserved: 0, now });
    return charge && `${charge.micro} ${charge.held}`;
  };
  return after.attempts.flatMap(({ _id }) =>
    costIn(before, _id) === costIn(after, _id) ? [] : [_id],
  );
}
