import type { CallRecord } from "@call-log/model";
import { isFinalStatus, parseAttemptId } from "@call-log/model";

import type { DispatchContext } from "../dispatch-context.ts";
import { attemptById } from "../rules/attempts.ts";

/** Most reservations that one round looks at. */
const ROUND = 200;

/** Put true costs in the place of what was set aside, for attempts whose cost is known or that were never dialled. */
export async function settleBudgets({
  budgets,
  calls,
}: Pick<DispatchContext, "budgets" | "calls">): Promise<void> {
  for (const { projectId, attemptId, micro } of await budgets.open(ROUND)) {
    const record = await calls.find(parseAttemptId(attemptId)?.callLogId ?? "", projectId);
    const cost = settledCost(record, attemptId, micro);
    if (cost !== undefined) await budgets.settle({ projectId, attemptId, micro: cost });
  }
}

/** What an attempt has cost, in micro-dollars; undefined while more may come. What stays estimated without an amount costs what was set aside. */
function settledCost(
  record: CallRecord | undefined,
  attemptId: string,
  reserved: number,
): number | undefined {
  // Its log was deleted by its retention, long after the end.
  if (record === undefined) return reserved;
  const attempt = attemptById(record, attemptId);
  if (attempt === undefined) return 0;
  if (attempt.state === "planned") return isFinalStatus(record.status) ? 0 : undefined;
  if (attempt.state === "unknown") return attempt.outcome === undefined ? undefined : 0;
  const { price, costInMicroUSD } = attempt;
  if (attempt.claimedAt === undefined) return 0;
  if (price === undefined || price.pricing === "pending") return undefined;
  return costInMicroUSD ?? reserved;
}
