import { allOpenCalls, type OpenCalls } from "@call-log/model";
import type { Collection, CountDocumentsOptions, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { countOpen } from "../calls/running-calls.ts";
import { stuckAt } from "./stuck-calls.ts";

/** State of a project's calls. */
export interface CallHealth extends OpenCalls {
  /** All open calls: the sum of the four kinds. */
  open: number;
  /** Open calls more than a minute overdue for a check by the sweeper. */
  stuck: number;
  /** Stuck calls, the longest first; at most ten. */
  stuckCalls: StuckCall[];
  /** Calls with a pending price, ended ones too. */
  pricesPending: number;
  /** The oldest call with a pending price; null when there is none. */
  oldestPricePending: { _id: string; createdAt: Date } | null;
}

/** An open call that is overdue for a check by the sweeper. */
export interface StuckCall {
  _id: string;
  status: string;
  wakeAt: Date;
}

const MAX_STUCK = 10;

/** Count what an operator looks at first; every count uses an index over open calls. */
export async function readHealth(
  calls: Collection<CallDocument>,
  { projectId, now }: { projectId: string; now: Date },
  options: CountDocumentsOptions,
): Promise<CallHealth> {
  const count = (filter: Document) => calls.countDocuments({ projectId, ...filter }, options);
  const stuckNow = stuckAt(now);
  // A call with a pending price has a wake time.
  const awaiting = { wakeAt: { $exists: true }, pricing: "pending" } as const;
  const [open, stuck, stuckCalls, pricesPending, [oldest]] = await Promise.all([
    countOpen(calls, { projectId }, options),
    count(stuckNow),
    calls
      .find({ projectId, ...stuckNow }, options)
      .project<StuckCall>({ status: 1, wakeAt: 1 })
      .sort({ wakeAt: 1 })
      .limit(MAX_STUCK)
      .toArray(),
    count(awaiting),
    calls
      .find({ projectId, ...awaiting }, options)
      .project<{ _id: string; createdAt: Date }>({ createdAt: 1 })
      .sort({ createdAt: 1 })
      .limit(1)
      .toArray(),
  ]);
  return {
    ...open,
    open: allOpenCalls(open),
    stuck,
    stuckCalls,
    pricesPending,
    oldestPricePending: oldest ?? null,
  };
}
