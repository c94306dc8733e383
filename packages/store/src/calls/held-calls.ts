import { type CallRecord, PRIORITIES, type Priority, type WaitReason } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { CallDocument } from "./call-document.ts";
import { AS_RECORD } from "./find-calls.ts";

/** Which held calls of a project to find. */
export interface HeldSearch {
  projectId: string;
  reasons: readonly WaitReason[];
  /** Held at this time or earlier. */
  heldUntil: Date;
  limit: number;
}

/** Held calls, the most urgent first. */
export async function findHeld(
  callLogs: Collection<CallDocument>,
  { projectId, reasons, heldUntil, limit }: HeldSearch,
): Promise<CallRecord[]> {
  const found: CallRecord[] = [];
  for (const priority of PRIORITIES) {
    const left = limit - found.length;
    if (left === 0) break;
    const held: Filter<CallDocument> = {
      waitsFor: { $in: [...reasons] },
      projectId,
      heldAt: { $lte: heldUntil },
      "plan.priority": ofPriority(priority),
    };
    const options = { ...AS_RECORD, limit: left };
    found.push(...(await callLogs.find(held, options).toArray()));
  }
  return found;
}

/** The next project after this one, in the order of ids, that has calls waiting for this reason. */
export async function nextHeldProject(
  callLogs: Collection<CallDocument>,
  { after, reason }: { after: string; reason: WaitReason },
): Promise<string | undefined> {
  const [first] = await callLogs
    .find({ waitsFor: reason, projectId: { $gt: after } }, { projection: { projectId: 1 } })
    .sort({ waitsFor: 1, projectId: 1 })
    .limit(1)
    .toArray();
  return first?.projectId;
}

// Absent is normal.
function ofPriority(priority: Priority): Priority | { $in: (Priority | null)[] } {
  return priority === "normal" ? { $in: [priority, null] } : priority;
}
