import type { AnyBulkWriteOperation, Filter } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { LOOKUP_PATHS, lookupOf, TERMS_LATER, TERMS_WITHIN_MS } from "../calls/call-lookup.ts";
import type { Collections } from "../collections.ts";
import type { MigrationClock } from "./migration.ts";

/** Calls of one write: few, so that other commands come in between. */
const AT_ONCE = 100;

const NEEDED = { revision: 1, toNumber: 1, user: 1, incident: 1, tags: 1, callData: 1 } as const;

/** How long after a call should have its terms they are missed, in milliseconds: clocks differ, and a write takes a while. */
const MARGIN_MS = 300_000;

/**
 * Give what calls are found by to those of older releases, and to those that are open for long, a part at a time; false when the time
 * ran out before the last. A call that is changed meanwhile gets it by that change.
 */
export async function fillLookups(
  { callLogs, projects }: Pick<Collections, "callLogs" | "projects">,
  { now, isTimeUp }: MigrationClock,
): Promise<boolean> {
  const before = new Date(now.getTime() - TERMS_WITHIN_MS - MARGIN_MS);
  const lacking: Filter<CallDocument>[] = [
    { [LOOKUP_PATHS.toReversed]: null },
    { [LOOKUP_PATHS.terms]: TERMS_LATER, createdAt: { $lt: before } },
  ];
  const ids = await projects.find({}, { projection: { _id: 1 } }).toArray();
  for (const { _id: projectId } of ids)
    for (const filter of lacking) {
      while (true) {
        const found = await callLogs
          .find({ projectId, ...filter }, { projection: NEEDED })
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
    updateOne: { filter: { _id, revision }, update: { $set: { lookup: lookupOf(call) } } },
  };
}
