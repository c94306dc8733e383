import type {
  CallFigures,
  CallHistogram,
  CallStats,
  FetchedCallLog,
  Filter,
  HistogramQuery,
  ListQuery,
  PastCall,
  Selection,
  SortKey,
  StatsQuery,
} from "@call-log/model";
import type { Document } from "mongodb";

import { batchLoader } from "../batching/batch-loader.ts";
import type { Collections } from "../collections.ts";
import {
  afterPosition,
  type CursorList,
  decodeCursor,
  encodeCursor,
  isPagedByCursor,
} from "../queries/cursor.ts";
import { inOneBatch } from "../queries/in-one-batch.ts";
import { toProjection } from "../queries/projection.ts";
import { scoped, withinTimeLimit } from "../queries/read-scope.ts";
import { createCountCalls, createFigureLogs } from "../rollups/index.ts";
import { type CallHealth, readHealth } from "./call-health.ts";
import { readHistogram } from "./call-histogram.ts";
import { readStats } from "./call-stats.ts";
import { type FiguresRequest, readFigures } from "./figures/read-figures.ts";
import { createFilledIn } from "./filled-in.ts";
import { findItems, type ItemRequest } from "./find-items.ts";
import type { FoundCalls } from "./found-calls.ts";
import { narrowFilter } from "./narrow-filter.ts";
import { type PastCallsRequest, readPastCalls } from "./past-calls.ts";
import { type PastCost, readPastCost } from "./past-cost.ts";
import { type CallSearch, searchCalls } from "./search-calls.ts";
import { readStuck, type StuckCalls } from "./stuck-calls.ts";

/** One page of call logs, with only the fields that its selection needs. */
export interface CallPage {
  data: FetchedCallLog[];
  /** How many match in all pages. */
  count: number;
  skip: number;
  limit: number;
  /** Goes on from here; absent on the last page, and when the list is not sorted by createdAt. */
  nextCursor?: string;
}

/** The calls of a project, as the APIs read them. Throws SERVICE_UNAVAILABLE when a search takes too long. */
export interface CallReader {
  /** A page of call logs, and how many there are. */
  list(request: { projectId: string; input: ListQuery }): Promise<CallPage>;
  /** One call log, or undefined when the project has none of that id. */
  item(request: ItemRequest): Promise<FetchedCallLog | undefined>;
  /** Those of the given call logs that match, in no order; at most 500 ids. */
  among(request: {
    projectId: string;
    ids: readonly string[];
    query: Filter;
    select: Selection;
  }): Promise<FetchedCallLog[]>;
  /** How many call logs match. */
  count(request: { projectId: string; query: Filter }): Promise<number>;
  /** How many calls are open, unknown, stuck, or await a price. */
  health(request: { projectId: string; now: Date }): Promise<CallHealth>;
  /** How many calls are stuck, cheaply. */
  stuck(request: { projectId: string; now: Date }): Promise<StuckCalls>;
  /** What calls to a number's country have cost so far; undefined when none has a price. */
  pastCost(request: {
    projectId: string;
    toNumber: string;
    now: Date;
  }): Promise<PastCost | undefined>;
  /** The newest calls since a time, as settings concern them; newest first. */
  pastCalls(request: PastCallsRequest): Promise<PastCall[]>;
  /** Sums over the call logs that match, and over each group of them; in parts, of all or of the newest part. */
  stats(request: { projectId: string } & StatsQuery): Promise<CallStats>;
  /** Figures of the call logs that match, of all or of the newest part. */
  figures(request: FiguresRequest): Promise<CallFigures>;
  /** What a person's text finds: numbers, incidents, calls, texts. */
  search(request: CallSearch): Promise<FoundCalls>;
  /** How many call logs match over time, by groups of statuses; in parts, of all or of the newest part. */
  histogram(request: { projectId: string } & HistogramQuery): Promise<CallHistogram>;
}

/** How long one answer in parts counts, in milliseconds; the next one goes on. */
const SLICE_MS = 2000;

/** Settings of a reader. */
export interface CallReaderOptions {
  /**
   * Longest time that the database may spend on one query, in milliseconds.
   * @defaultValue 5000
   */
  timeLimitMs?: number;
  /**
   * Most call logs that one answer of figures counts.
   * @defaultValue 50,000
   */
  figuresAtOnce?: number;
  /** The clock that the installation shares. @defaultValue the system clock */
  now?: () => Date;
}

/** Reads calls from their collection, always within one project. */
export function createCallReader(
  collections: Pick<Collections, "callLogs" | "periodSums">,
  { timeLimitMs = 5000, figuresAtOnce = 50_000, now = () => new Date() }: CallReaderOptions = {},
): CallReader {
  const options = { maxTimeMS: timeLimitMs };
  const calls = collections.callLogs;
  const countCalls = createCountCalls({ collections, now, timeLimitMs });
  const isFilledIn = createFilledIn(calls, { ...options, elapsedMs: () => performance.now() });
  const narrowed = (projectId: string, query: Filter) =>
    narrowFilter({ calls, projectId, isFilledIn, ...options }, query);
  const openLog = createFigureLogs({ collections, now, timeLimitMs });
  const limits = { ...options, calls: figuresAtOnce, sliceMs: SLICE_MS, openLog };
  const findItem = batchLoader<ItemRequest, FetchedCallLog | undefined>((requests) =>
    findItems(calls, requests, options),
  );
  return {
    list: ({ projectId, input }) =>
      withinTimeLimit(async () => {
        const { query, sort, select, skip, limit, cursor } = input;
        const list: CursorList = { projectId, query, sort };
        const narrow = await narrowed(projectId, query);
        const matching = scoped(projectId, narrow);
        const after = cursor === undefined ? [] : [afterPosition(decodeCursor(cursor, list), sort)];
        const page = {
          projection: { ...toProjection(select), createdAt: 1 },
          sort: toMongoSort(sort),
          skip,
          limit: limit + 1,
          ...options,
        };
        const filter = { $and: [matching, ...after] };
        const found = inOneBatch(calls, { find: calls.collectionName, filter, ...page }, () =>
          calls.find<FetchedCallLog>(filter, page).toArray(),
        );
        const [records, count] = await Promise.all([
          found,
          countCalls({ projectId, query: narrow }),
        ]);
        return toPage(records, count, { list, skip, limit });
      }),
    item: (request) => withinTimeLimit(() => findItem(request)),
    among: (request) => withinTimeLimit(() => readAmong(calls, request, options)),
    count: ({ projectId, query }) =>
      withinTimeLimit(async () =>
        countCalls({ projectId, query: await narrowed(projectId, query) }),
      ),
    stuck: (request) => withinTimeLimit(() => readStuck(calls, request, options)),
    health: (request) => withinTimeLimit(() => readHealth(calls, request, options)),
    pastCost: (request) => withinTimeLimit(() => readPastCost(calls, request, options)),
    pastCalls: (request) => withinTimeLimit(() => readPastCalls(calls, request, options)),
    stats: (request) => withinTimeLimit(() => readStats(calls, request, limits)),
    figures: (request) => withinTimeLimit(() => readFigures(calls, request, limits)),
    search: (request) =>
      withinTimeLimit(() => searchCalls(calls, request, { ...options, isFilledIn })),
    histogram: (request) => withinTimeLimit(() => readHistogram(calls, request, limits)),
  };
}

async function readAmong(
  calls: Collections["callLogs"],
  { projectId, ids, query, select }: Parameters<CallReader["among"]>[0],
  options: { maxTimeMS: number },
): Promise<FetchedCallLog[]> {
  if (ids.length === 0) return [];
  const given = { _id: { $in: [...ids] as unknown[] } } as Document;
  return calls
    .find<FetchedCallLog>({ $and: [given, scoped(projectId, query)] }, options)
    .project<FetchedCallLog>(toProjection(select))
    .toArray();
}

function toMongoSort(sort: readonly SortKey[]): Record<string, 1 | -1> {
  return Object.fromEntries(sort.map(({ path, direction }) => [path, direction]));
}

interface PageRequest {
  list: CursorList;
  skip: number;
  limit: number;
}

function toPage(
  found: FetchedCallLog[],
  count: number,
  { list, skip, limit }: PageRequest,
): CallPage {
  const data = found.slice(0, limit);
  const last = data.at(-1);
  const page = { data, count, skip, limit };
  const goesOn = found.length > limit && isPagedByCursor(list.sort);
  if (!goesOn || last?.createdAt === undefined) return page;
  const position = { createdAt: last.createdAt, _id: last._id };
  return { ...page, nextCursor: encodeCursor(position, list) };
}
