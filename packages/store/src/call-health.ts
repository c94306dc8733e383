import { CALL_STATUS_NAMES, isFinalStatus } from "@call-log/model";
import type { Collection, CountDocumentsOptions, Document } from "mongodb";

/** How the calls of a project do. */
export interface CallHealth {
  /** Not over yet. */
  open: number;
  /** Of those, the ones that the provider may or may not have placed. */
  unknown: number;
  /** Open, and nobody has looked at them for a minute after their time. */
  stuck: number;
  /** Over or not, with a price that is still awaited. */
  pricesPending: number;
}

const OPEN = CALL_STATUS_NAMES.filter((status) => !isFinalStatus(status));
const STUCK_AFTER_MS = 60_000;

/** Count what an operator looks at first; every count goes by an index over open calls. */
export async function readHealth(
  calls: Collection<Document>,
  { projectId, now }: { projectId: string; now: Date },
  options: CountDocumentsOptions,
): Promise<CallHealth> {
  const count = (filter: Document) => calls.countDocuments({ projectId, ...filter }, options);
  const overdue = { $lte: new Date(now.getTime() - STUCK_AFTER_MS) };
  const [open, unknown, stuck, pricesPending] = await Promise.all([
    count({ status: { $in: OPEN } }),
    count({ status: "Unknown" }),
    count({ wakeAt: overdue, status: { $in: OPEN } }),
    // A call whose price is awaited is looked at again, so it has a time for that.
    count({ wakeAt: { $exists: true }, pricing: "pending" }),
  ]);
  return { open, unknown, stuck, pricesPending };
}
