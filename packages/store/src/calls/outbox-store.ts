import type { CallRecord } from "@call-log/model";
import type { Collection, Filter } from "mongodb";

import type { CallDocument } from "./call-document.ts";
import { AS_RECORD } from "./find-calls.ts";

/** Events that are still in their calls. */
export interface OutboxStore {
  /** Calls whose events were written before this time and are not in the deliveries yet, oldest first. */
  findLeft(before: Date, limit: number): Promise<CallRecord[]>;
  /** Take the events off their calls, unless a call has more by now. */
  clear(records: readonly CallRecord[]): Promise<void>;
}

/** The events in the collection of calls. */
export function createOutboxStore({
  callLogs,
}: {
  callLogs: Collection<CallDocument>;
}): OutboxStore {
  return {
    findLeft: (before, limit) =>
      callLogs
        .find({ outboxAt: { $lte: before } }, AS_RECORD)
        .sort({ outboxAt: 1 })
        .limit(limit)
        .toArray(),

    async clear(records) {
      // Events are only ever added at the end, so the same number and the same last one are the same list.
      const operations = records.map(({ _id, projectId, outbox = [] }) => ({
        updateOne: {
          filter: {
            _id,
            projectId,
            outbox: { $size: outbox.length },
            [`outbox.${outbox.length - 1}.id`]: outbox.at(-1)?.id,
          } as Filter<CallDocument>,
          update: { $unset: { outbox: "" as const, outboxAt: "" as const } },
        },
      }));
      if (operations.length > 0) await callLogs.bulkWrite(operations, { ordered: false });
    },
  };
}
