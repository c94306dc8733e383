import type { AnyBulkWriteOperation } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { LOOKUP_PATHS, lookupOf } from "../calls/call-lookup.ts";
import type { Collections } from "../collections.ts";

/** Calls of one write: few, so that other commands come in between. */
const AT_ONCE = 100;

const NEEDED = { revision: 1, toNumber: 1, user: 1, incident: 1, tags: 1, callData: 1 } as const;

/**
 * Give calls of older releases what calls are found by, a part at a time; false when the time ran out before the last. A call that is
 * changed meanwhile gets it by that change.
 */
export async function fillLookups(
  { callLogs, projects }: Pick<Collections, "callLogs" | "projects">,
  isTimeUp: () => boolean,
): Promise<boolean> {
  const ids = await projects.find({}, { projection: { _id: 1 } }).toArray();
  for (const { _id: projectId } of ids) {
    while (true) {
      const found = await callLogs
        .find({ projectId, [LOOKUP_PATHS.toReversed]: null }, { projection: NEEDED })
        .limit(AT_ONCE)
        .toArray();
      if (found.length === 0) break;
      await callLogs.bulkWrite(found.map(filledIn), { ordered: false });
      if (isTimeUp()) return false;
    }
  }
  return true;
}

function filledIn(call: CallDocument): AnyBulkWriteOperation<CallDocument> {
  const { _id, revision } = call;
  return {
    updateOne: {
      filter: { _id, revision, lookup: { $exists: false } },
      update: { $set: { lookup: lookupOf(call) } },
    },
  };
}
