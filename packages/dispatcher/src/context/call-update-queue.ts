import type { CallRecord } from "@call-log/model";

import type { CallChange } from "../record/update-call.ts";

/** A change that waits for its turn at a call, and who waits for it. */
export interface PendingChange {
  change: CallChange;
  /** The call as the one who asks has just seen it written. */
  known?: CallRecord;
  resolve: (record: CallRecord | undefined) => void;
  reject: (error: unknown) => void;
}

/** Makes the changes of a call that have come so far, as one. Never rejects; `base` is the record after the changes before, the record after these comes back. */
export type MakeChanges = (
  changes: readonly PendingChange[],
  base: CallRecord | undefined,
) => Promise<CallRecord | undefined>;

/**
 * Changes of one call in one process, one after the other; those that come while one is being written go together in the next write.
 * Nothing rests on it: each write is on the condition of the revision, so that other processes may change the same call.
 */
export interface CallLanes {
  /** Make a change when those before it in this process are made. */
  enter(callLogId: string, change: PendingChange, make: MakeChanges): void;
}

/** Lanes with nobody in them. A lane is gone as soon as it is empty. */
export function createCallLanes(): CallLanes {
  const lanes = new Map<string, PendingChange[]>();

  async function run(callLogId: string, waiting: PendingChange[], make: MakeChanges) {
    let base: CallRecord | undefined;
    while (waiting.length > 0) base = await make(waiting.splice(0), base);
    lanes.delete(callLogId);
  }

  return {
    enter(callLogId, change, make) {
      const waiting = lanes.get(callLogId);
      if (waiting !== undefined) {
        waiting.push(change);
        return;
      }
      const lane = [change];
      lanes.set(callLogId, lane);
      void run(callLogId, lane, make);
    },
  };
}
