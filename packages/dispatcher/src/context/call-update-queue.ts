import type { CallRecord } from "@call-log/model";

/**
 * Decides what a call becomes: the changed record, or undefined (or the same record) to leave it. Runs again when
 * another process wrote meanwhile.
 */
export type CallChange = (
  record: CallRecord,
  now: Date,
) => CallRecord | undefined | Promise<CallRecord | undefined>;

/** One change that somebody waits for. */
export interface CallUpdate {
  change: CallChange;
  /** The call as its caller has just read or written it. */
  known?: CallRecord;
}

/** What a write did. */
export interface WriteResult {
  /** The call as it is now; undefined when it does not exist. */
  record: CallRecord | undefined;
  /** Updates that failed, and why. */
  errors: ReadonlyMap<CallUpdate, unknown>;
}

/** Applies updates of one call in one write; `latest` is the record that the write before left. Never rejects. */
export type WriteUpdates = (
  updates: readonly CallUpdate[],
  latest: CallRecord | undefined,
) => Promise<WriteResult>;

/**
 * Runs the writes of each call one after another; updates that come during a write share the next one. It only saves writes: other processes may
 * change the same call, so every write still checks the revision.
 */
export interface CallUpdateQueue {
  /** Adds an update. The result of the write that it becomes part of. */
  add(callLogId: string, update: CallUpdate, write: WriteUpdates): Promise<WriteResult>;
}

/** An empty queue. It keeps nothing of a call whose updates are written. */
export function createCallUpdateQueue(): CallUpdateQueue {
  /** The last write of each call, under way or waiting. */
  const last = new Map<string, Promise<WriteResult>>();
  /** The write of each call that has not begun, and takes more updates. */
  const waiting = new Map<string, { updates: CallUpdate[]; result: Promise<WriteResult> }>();

  return {
    async add(callLogId, update, write) {
      const next = waiting.get(callLogId);
      if (next !== undefined) {
        next.updates.push(update);
        return next.result;
      }
      const updates = [update];
      const before = last.get(callLogId);
      const result =
        before === undefined
          ? write(updates, undefined)
          : before.then(({ record }) => {
              waiting.delete(callLogId);
              return write(updates, record);
            });
      if (before !== undefined) waiting.set(callLogId, { updates, result });
      last.set(callLogId, result);
      const written = await result;
      if (last.get(callLogId) === result) last.delete(callLogId);
      return written;
    },
  };
}
