import type { FetchedCallLog, Filter, ListQuery } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import {
  afterPosition,
  type CursorList,
  decodeCursor,
  isPagedByCursor,
} from "../queries/cursor.ts";
import { type FoundPage, pageOfFound } from "../queries/found-page.ts";
import { inOneBatch } from "../queries/in-one-batch.ts";
import { toProjection } from "../queries/projection.ts";
import { orInParts, scoped } from "../queries/read-scope.ts";
import {
  countInWindows,
  type MatchCount,
  pageInWindows,
  type SlowSearch,
} from "../queries/search-in-windows.ts";
import { EVER, timesAskedFor } from "../queries/times-asked-for.ts";
import {
  type CountCalls,
  type OpenFigureLog,
  overlap,
  rollupQuery,
  type TimeRange,
} from "../rollups/index.ts";
import { findSparse } from "./sparse-page.ts";

/** One page of call logs, with only the fields that its selection needs. */
export interface CallPage extends MatchCount, FoundPage<FetchedCallLog> {
  skip: number;
  limit: number;
}

/** Where call logs are looked for, and for how long. */
export interface MatchingDeps {
  calls: Collection<CallDocument>;
  countCalls: CountCalls;
  /** Kept figures. */
  openLog: OpenFigureLog;
  /** A filter that finds the same by indexes. */
  narrowed: (projectId: string, query: Filter) => Promise<Filter>;
  /** Longest time of one query, in milliseconds. */
  maxTimeMS: number;
  /** How long an answer in parts goes on when that was too short, in milliseconds. */
  sliceMs: number;
}

/** What is counted. */
export interface CountRequest {
  projectId: string;
  query: Filter;
  /** True: an answer that is known in part is better than none. */
  inParts?: boolean | undefined;
}

/** How many call logs match; if parts are asked for, as many of the newest as can be counted in time. */
export async function countMatching(
  deps: MatchingDeps,
  request: CountRequest,
): Promise<MatchCount> {
  return countNarrowed(deps, { ...request, narrowed: await narrowed(deps, request) });
}

/** A page of call logs and how many there are; if parts are asked for, as far as they are found in time. */
export async function listCalls(
  deps: MatchingDeps,
  { projectId, input }: { projectId: string; input: ListQuery },
): Promise<CallPage> {
  const { query, skip, limit, inParts } = input;
  const request = { projectId, query, inParts };
  const found = { ...request, narrowed: await narrowed(deps, request) };
  const [page, count] = await Promise.all([
    pageOf(deps, { ...found, input }),
    countNarrowed(deps, found),
  ]);
  return { ...page, ...count, skip, limit };
}

/** A page of call logs, uncounted; if parts are asked for, as far as they are found in time. */
export async function pageOfCalls(
  deps: MatchingDeps,
  { projectId, input }: { projectId: string; input: ListQuery },
): Promise<FoundPage<FetchedCallLog>> {
  const { query, inParts } = input;
  const request = { projectId, query, inParts };
  return pageOf(deps, { ...request, narrowed: await narrowed(deps, request), input });
}

function narrowed(
  deps: MatchingDeps,
  { projectId, query, inParts }: CountRequest,
): Promise<Filter> {
  return orInParts(
    inParts,
    () => deps.narrowed(projectId, query),
    () => query,
  );
}

/** What is counted, and the filter by indexes. What that is too slow for goes by date, in parts, as it was asked for. */
interface NarrowedRequest extends CountRequest {
  narrowed: Filter;
}

async function countNarrowed(
  deps: MatchingDeps,
  { projectId, query, narrowed: byIndexes, inParts }: NarrowedRequest,
): Promise<MatchCount> {
  return orInParts<MatchCount>(
    inParts,
    async () => ({ count: await deps.countCalls({ projectId, query: byIndexes }) }),
    () => countInWindows(slowSearch(deps, { projectId, query, also: [], within: EVER })),
  );
}

interface PageRequest extends NarrowedRequest {
  input: ListQuery;
}

async function pageOf(
  deps: MatchingDeps,
  { projectId, query, narrowed: byIndexes, inParts, input }: PageRequest,
): Promise<FoundPage<FetchedCallLog>> {
  const { sort, select, skip, limit, cursor } = input;
  const { calls, openLog, maxTimeMS } = deps;
  const list: CursorList = { projectId, query, sort };
  const position = cursor === undefined ? undefined : decodeCursor(cursor, list);
  const after = position === undefined ? [] : [afterPosition(position, sort)];
  const filter = { $and: [scoped(projectId, byIndexes), ...after] };
  const projection = { ...toProjection(select), createdAt: 1 };
  const order = Object.fromEntries(sort.map(({ path, direction }) => [path, direction]));
  const page = { projection, sort: order, skip, limit: limit + 1, maxTimeMS };
  const direction = sort[0]?.direction ?? -1;
  const within = position ? beyond(position.createdAt, direction) : EVER;
  const isByIndex = skip > 0 || !isPagedByCursor(sort) || rollupQuery(query) !== undefined;
  const sparse = { projectId, query, matching: filter, range: within, direction, options: page };
  const findAtOnce = async () =>
    (isByIndex ? undefined : await findSparse({ calls, openLog }, sparse)) ??
    inOneBatch(calls, { find: calls.collectionName, filter, ...page }, () =>
      calls.find<FetchedCallLog>(filter, page).toArray(),
    );
  return orInParts(
    inParts,
    async () => pageOfFound(await findAtOnce(), list, limit),
    () =>
      pageInWindows(slowSearch(deps, { projectId, query, also: after, within }), {
        list,
        skip,
        limit,
        projection,
      }),
  );
}

function beyond(time: Date, direction: 1 | -1): TimeRange {
  return direction === 1 ? { ...EVER, from: time.getTime() } : { ...EVER, to: time.getTime() + 1 };
}

interface Slow {
  projectId: string;
  query: Filter;
  also: readonly Document[];
  within: TimeRange;
}

function slowSearch(
  { calls, maxTimeMS, sliceMs }: MatchingDeps,
  { projectId, query, also, within }: Slow,
): SlowSearch {
  return {
    collection: calls as unknown as Collection,
    scope: { projectId },
    matching: { $and: [scoped(projectId, query), ...also] },
    times: overlap(timesAskedFor(query), within),
    maxTimeMS,
    sliceMs,
  };
}
