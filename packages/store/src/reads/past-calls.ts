import type { Attempt, CallPlan, PastCall } from "@call-log/model";
import type { Collection, FindOptions } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";

/** The project's newest calls since a time. */
export interface PastCallsRequest {
  projectId: string;
  since: Date;
  /** Most calls. */
  limit: number;
}

interface Found {
  _id: string;
  createdAt: Date;
  toNumber: string;
  callCostInUSDCents?: number;
  plan: Pick<CallPlan, "priority" | "timeZone">;
  attempts?: Pick<Attempt, "submittedAt">[];
}

/** The newest calls that were requested since a time, newest first. */
export async function readPastCalls(
  calls: Collection<CallDocument>,
  { projectId, since, limit }: PastCallsRequest,
  options: FindOptions,
): Promise<PastCall[]> {
  const found = await calls
    .find<Found>({ projectId, createdAt: { $gte: since } }, options)
    .project<Found>({
      createdAt: 1,
      toNumber: 1,
      callCostInUSDCents: 1,
      "plan.priority": 1,
      "plan.timeZone": 1,
      "attempts.submittedAt": 1,
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .toArray();
  return found.map(pastCall);
}

function pastCall(found: Found): PastCall {
  const { _id, createdAt, toNumber, callCostInUSDCents = 0, plan, attempts } = found;
  const { priority, timeZone } = plan;
  return {
    _id,
    toNumber,
    calledAt: attempts?.[0]?.submittedAt ?? createdAt,
    isEmergency: priority === "emergency",
    ...(timeZone !== undefined && { timeZone }),
    costInUSDCents: callCostInUSDCents,
  };
}
