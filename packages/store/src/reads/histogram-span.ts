import type { Filter, HistogramQuery } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { orInParts, scoped } from "../queries/read-scope.ts";
import type { Span } from "./histogram-buckets.ts";

const EVERY_CALL: Filter = { kind: "and", filters: [] };

/**
 * The span that is asked for; where it was left open, from the oldest and to the newest call that matches, or, in parts,
 * of the project where the database does not find these in time. Undefined without a call.
 */
export async function spanOfCalls(
  calls: Pick<Collection<CallDocument>, "find">,
  request: { projectId: string } & Pick<HistogramQuery, "query" | "from" | "to">,
  { maxTimeMS, isPart }: { maxTimeMS: number; isPart: boolean },
): Promise<Span | undefined> {
  const { projectId, query, from, to } = request;
  const edge = async (filter: Filter, direction: 1 | -1) => {
    const within = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
    const bound: Document[] = Object.keys(within).length === 0 ? [] : [{ createdAt: within }];
    const [found] = await calls
      .find<{ createdAt: Date }>({ $and: [scoped(projectId, filter), ...bound] }, { maxTimeMS })
      .project<{ createdAt: Date }>({ createdAt: 1 })
      .sort({ createdAt: direction, _id: direction })
      .limit(1)
      .toArray();
    return found?.createdAt;
  };
  const spanOf = async (filter: Filter): Promise<Span | undefined> => {
    const [oldest, newest] = await Promise.all([from ?? edge(filter, 1), to ?? edge(filter, -1)]);
    if (oldest === undefined || newest === undefined) return undefined;
    return { from: oldest, to: to ?? new Date(newest.getTime() + 1) };
  };
  return orInParts(
    isPart,
    () => spanOf(query),
    () => spanOf(EVERY_CALL),
  );
}
