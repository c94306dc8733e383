import { type CallRecord, isFinalStatus } from "@call-log/model";

/** Most calls that are remembered: those under way in a process. */
const MOST_REMEMBERED = 1000;
/** Calls that are read after a recalled one was outdated: beside other workers, reading costs less than lost writes. */
const READS_AFTER_OUTDATED = 50;

/**
 * Calls as this process wrote them last, so that its next write of the same call needs no read. It decides nothing: another process may have written
 * since, so every write still checks the revision, and reads when it is another one.
 */
export interface WrittenCalls {
  /** The call as it was written last; undefined when it has to be read. */
  recall(callLogId: string): CallRecord | undefined;
  /** Remember a call that was just written, unless nobody will write it again, or parts of it go without a revision. */
  keep(record: CallRecord): void;
  /** A recalled call was no longer the one in the database. */
  noteOutdated(callLogId: string): void;
}

/** Remembers nothing yet. */
export function createWrittenCalls(): WrittenCalls {
  const written = new Map<string, CallRecord>();
  let readsLeft = 0;
  return {
    recall(callLogId) {
      const record = written.get(callLogId);
      if (record === undefined || readsLeft === 0) return record;
      readsLeft -= 1;
      return undefined;
    },
    keep(record) {
      written.delete(record._id);
      if (isOver(record) || isCarrying(record)) return;
      written.set(record._id, record);
      const [oldest] = written.keys();
      if (written.size > MOST_REMEMBERED && oldest !== undefined) written.delete(oldest);
    },
    noteOutdated(callLogId) {
      written.delete(callLogId);
      readsLeft = READS_AFTER_OUTDATED;
    },
  };
}

function isOver({ status, wakeAt }: CallRecord): boolean {
  return isFinalStatus(status) && wakeAt === undefined;
}

// What is moved to the deliveries or the audit trail is taken off the call without a new revision.
function isCarrying({ outbox = [], unfiledActs = [] }: CallRecord): boolean {
  return outbox.length > 0 || unfiledActs.length > 0;
}
