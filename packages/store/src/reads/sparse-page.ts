import type { FetchedCallLog, Filter } from "@call-log/model";
import type { Collection, Document, FindOptions } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import {
  createdIn,
  isSparse,
  keptFor,
  likelyRanges,
  SPARSE,
  type Sparseness,
  type OpenFigureLog,
  type TimeRange,
} from "../rollups/index.ts";

/** Where calls are looked for. */
export interface SparseDeps {
  calls: Collection<CallDocument>;
  openLog: OpenFigureLog;
  /** @defaultValue `SPARSE` */
  sparseness?: Sparseness;
}

/** The first calls of an order by createdAt that match. */
export interface SparseSearch {
  projectId: string;
  query: Filter;
  /** What matches, the query and the place of the page included. */
  matching: Document;
  /** Times that the place of the page leaves. */
  range: TimeRange;
  direction: 1 | -1;
  options: FindOptions & { limit: number };
}

/**
 * The first calls that match where few do, found by the figures of the periods that have any; undefined for a question that
 * figures do not answer, and where many match.
 */
export async function findSparse(
  { calls, openLog, sparseness = SPARSE }: SparseDeps,
  { projectId, query, matching, range, direction, options }: SparseSearch,
): Promise<FetchedCallLog[] | undefined> {
  const kept = await keptFor({ projectId, query }, { openLog, isForLooking: true });
  if (kept === undefined) return undefined;
  const pieces = await kept.log.pieces(kept.asked.range, () => true);
  if (!isSparse(pieces, kept, sparseness)) return undefined;
  const found: FetchedCallLog[] = [];
  for await (const likely of likelyRanges(kept, { range, direction, sparseness })) {
    const ids = likely.ids === undefined ? {} : { _id: { $in: [...likely.ids] } };
    const filter = { $and: [matching, createdIn(likely.range), ids] } as Document;
    const limit = options.limit - found.length;
    found.push(...(await calls.find<FetchedCallLog>(filter, { ...options, limit }).toArray()));
    if (found.length >= options.limit) break;
  }
  return found;
}
