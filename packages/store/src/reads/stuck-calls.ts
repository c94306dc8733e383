import { OPEN_STATUSES } from "@call-log/model";
import type { Collection, CountDocumentsOptions } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";

/** How many calls are stuck. */
export interface StuckCalls {
  /** At most 100; then there may be more. */
  calls: number;
  /** The call that is stuck for the longest; null when none is. */
  oldest: { _id: string; wakeAt: Date } | null;
}

/** An open call is stuck when it is overdue for a check by the sweeper by this time. */
const STUCK_AFTER_MS = 60_000;
/** Most stuck calls that the frequent check counts. */
const MAX_COUNTED = 100;

/** Filter of open calls more than a minute overdue for a check by the sweeper. */
export function stuckAt(now: Date) {
  return {
    wakeAt: { $lte: new Date(now.getTime() - STUCK_AFTER_MS) },
    status: { $in: OPEN_STATUSES },
  };
}

/** Whether calls are stuck, by one read of an index. */
export async function readStuck(
  calls: Collection<CallDocument>,
  { projectId, now }: { projectId: string; now: Date },
  options: CountDocumentsOptions,
): Promise<StuckCalls> {
  const found = await calls
    .find({ projectId, ...stuckAt(now) }, options)
    .project<{ _id: string; wakeAt: Date }>({ wakeAt: 1 })
    .sort({ wakeAt: 1 })
    .limit(MAX_COUNTED)
    .toArray();
  return { calls: found.length, oldest: found[0] ?? null };
}
