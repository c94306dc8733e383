import type { FetchedCallLog, Filter } from "@call-log/model";
import type { Collection, Document, FindOptions } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import {
  createdIn,
  figureQuery,
  isSparse,
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
  const asked = figureQuery(query);
  // An index has the calls with a tag.
  if (asked === undefined || asked.tag !== undefined) return undefined;
  const log = await openLog(projectId);
  if (log === undefined) return undefined;
  if (!isSparse(await log.pieces(asked.range, () => true), asked, sparseness)) return undefined;
  const found: FetchedCallLog[] = [];
  for await (const likely of likelyRanges(log, { asked, range, direction, sparseness })) {
    const ids = likely.ids === undefined ? {} : { _id: { $in: [...likely.ids] } };
    const filter = { $and: [matching, createdIn(likely.range), ids] } as Document;
    const limit = options.limit - found.length;
    found.push(...(await calls.find<FetchedCallLog>(filter, { ...options, limit }).toArray()));
    if (found.length >= options.limit) break;
  }
  return found;
}
