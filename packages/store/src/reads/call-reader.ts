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
  StatsQuery,
} from "@call-log/model";
import type { Document } from "mongodb";

import { batchLoader } from "../batching/batch-loader.ts";
import type { Collections } from "../collections.ts";
import type { FoundPage } from "../queries/found-page.ts";
import { toProjection } from "../queries/projection.ts";
import { scoped } from "../queries/read-scope.ts";
import type { MatchCount } from "../queries/search-in-windows.ts";
import { createCountCalls, createFigureLogs } from "../rollups/index.ts";
import { type CallHealth, readHealth } from "./call-health.ts";
import { readHistogram } from "./call-histogram.ts";
import { readStats } from "./call-stats.ts";
import { type FiguresRequest, readFigures } from "./figures/read-figures.ts";
import { createFilledIn } from "./filled-in.ts";
import { findItems, type ItemRequest } from "./find-items.ts";
import type { FoundCalls } from "./found-calls.ts";
import {
  type CallPage,
  countMatching,
  type CountRequest,
  listCalls,
  type MatchingDeps,
  pageOfCalls,
} from "./list-calls.ts";
import { narrowFilter } from "./narrow-filter.ts";
import { type PastCallsRequest, readPastCalls } from "./past-calls.ts";
import { type PastCost, readPastCost } from "./past-cost.ts";
import { type CallSearch, searchCalls } from "./search-calls.ts";
import { readStuck, type StuckCalls } from "./stuck-calls.ts";

/**
 * The calls of a project, as the APIs read them. A question that takes the database too long is answered as far as it
 * is known for who asks for parts, and BAD_REQUEST for others.
 */
export interface CallReader {
  /** A page of call logs, and how many there are. */
  list(request: { projectId: string; input: ListQuery }): Promise<CallPage>;
  /** A page of call logs alone, for who reads page by page: nothing is counted. */
  page(request: { projectId: string; input: ListQuery }): Promise<FoundPage<FetchedCallLog>>;
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
  count(request: CountRequest): Promise<MatchCount>;
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
  /**
   * How long one answer in parts reads, in milliseconds; the next one goes on.
   * @defaultValue 2000
   */
  sliceMs?: number;
  /** The clock that the installation shares. @defaultValue the system clock */
  now?: () => Date;
}

/** Reads calls from their collection, always within one project. */
export function createCallReader(
  collections: Pick<Collections, "callLogs" | "periodSums">,
  given: CallReaderOptions = {},
): CallReader {
  const { timeLimitMs = 5000, figuresAtOnce = 50_000, sliceMs = 2000 } = given;
  const { now = () => new Date() } = given;
  const options = { maxTimeMS: timeLimitMs };
  const calls = collections.callLogs;
  const openLog = createFigureLogs({ collections, now, timeLimitMs });
  const countCalls = createCountCalls({ collections, now, openLog, timeLimitMs });
  const isFilledIn = createFilledIn(calls, { ...options, elapsedMs: () => performance.now() });
  const narrowed = (projectId: string, query: Filter) =>
    narrowFilter({ calls, projectId, isFilledIn, ...options }, query);
  const limits = { ...options, calls: figuresAtOnce, sliceMs, openLog };
  const findItem = batchLoader<ItemRequest, FetchedCallLog | undefined>((requests) =>
    findItems(calls, requests, options),
  );
  const matching: MatchingDeps = {
    calls,
    countCalls,
    openLog,
    narrowed,
    maxTimeMS: timeLimitMs,
    sliceMs,
  };
  return {
    list: (request) => listCalls(matching, request),
    page: (request) => pageOfCalls(matching, request),
    item: (request) => findItem(request),
    among: (request) => readAmong(calls, request, options),
    count: (request) => countMatching(matching, request),
    stuck: (request) => readStuck(calls, request, options),
    health: (request) => readHealth(calls, request, options),
    pastCost: (request) => readPastCost(calls, request, options),
    pastCalls: (request) => readPastCalls(calls, request, options),
    stats: (request) => readStats(calls, request, limits),
    figures: (request) => readFigures(calls, request, limits),
    search: (request) => searchCalls(calls, request, { ...options, isFilledIn }),
    histogram: (request) => readHistogram(calls, request, limits),
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
