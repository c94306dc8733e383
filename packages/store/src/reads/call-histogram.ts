import {
  BUCKET_SIZES,
  type BucketSizeName,
  groupOfStatus,
  type HistogramQuery,
} from "@call-log/model";
import type { AggregateOptions, Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { scoped } from "../queries/read-scope.ts";
import { figureQuery, QUARTER_MS } from "../rollups/index.ts";
import type { FiguresLimits } from "./figures/read-figures.ts";
import { readKept } from "./figures/read-kept.ts";
import { type Buckets, bucketsOf, type Span } from "./histogram-buckets.ts";
import { type BucketCounts, histogramFold } from "./histogram-fold.ts";

/** The calls of one span of time. */
export interface HistogramBucket {
  from: Date;
  /** How many calls there are of each group of statuses; groups without one are left out. */
  counts: BucketCounts;
}

/** The calls that match, over time. */
export interface CallHistogram {
  /** Length of a bucket; null when there is none, and for equal parts of more than ten years. */
  size: BucketSizeName | null;
  /** End of the last bucket; null when there is none. */
  to: Date | null;
  /** Buckets without gaps, even where there is no call; empty when no call matches and no span was given. */
  buckets: HistogramBucket[];
}

interface RawCount {
  _id: { step: number; status: string };
  calls: number;
}

const GROUPS_AT_ONCE = 1000;

/**
 * Count the calls of a project over time: from kept figures where they answer the question, else by one aggregation,
 * after a look at the oldest and the newest where the span was left open.
 */
export async function readHistogram(
  calls: Collection<CallDocument>,
  request: { projectId: string } & HistogramQuery,
  limits: FiguresLimits,
): Promise<CallHistogram> {
  const options = { maxTimeMS: limits.maxTimeMS };
  const { projectId, query, from, to, buckets: most, timeZone } = request;
  const within = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const bound = Object.keys(within).length === 0 ? [] : [{ createdAt: within }];
  const matching = { $and: [scoped(projectId, query), ...bound] };
  const span = await spanOf(calls, { matching, from, to }, options);
  if (span === undefined) return { size: null, to: null, buckets: [] };
  const buckets = bucketsOf(span, most, timeZone);
  const kept = await countsByKept(calls, { projectId, query, ...span }, { limits, buckets });
  if (kept !== undefined) return histogramOf(buckets, kept);
  const step = stepOf(buckets);
  const place = { $floor: { $divide: [{ $subtract: ["$createdAt", buckets.starts[0]] }, step] } };
  const found = await calls
    .aggregate<RawCount>(
      [
        { $match: matching },
        { $group: { _id: { step: place, status: "$status" }, calls: { $sum: 1 } } },
      ],
      { ...options, batchSize: GROUPS_AT_ONCE },
    )
    .toArray();
  return histogramOf(buckets, countsOf(buckets, step, found));
}

/**
 * The calls of each bucket from kept figures; undefined where there are none, for a question that they do not answer,
 * and when too many calls would have to be read beside them.
 */
async function countsByKept(
  calls: Collection<CallDocument>,
  request: { projectId: string } & Span & Pick<HistogramQuery, "query">,
  { limits, buckets }: { limits: FiguresLimits; buckets: Buckets },
): Promise<BucketCounts[] | undefined> {
  const { size } = buckets;
  if (size !== undefined && BUCKET_SIZES[size].ms < QUARTER_MS) return undefined;
  const asked = figureQuery(request.query);
  const log = asked && (await limits.openLog?.(request.projectId));
  if (asked === undefined || log === undefined) return undefined;
  const fold = histogramFold(buckets);
  const endAt = performance.now() + limits.sliceMs;
  const isSpent = () => fold.count() >= limits.calls || performance.now() >= endAt;
  const left = await readKept({ calls, request, limits, fold, isSpent }, { log, asked }, {});
  return left === undefined ? fold.counts() : undefined;
}

async function spanOf(
  calls: Collection<CallDocument>,
  { matching, from, to }: { matching: Document } & { [N in keyof Span]: Date | undefined },
  options: AggregateOptions,
): Promise<Span | undefined> {
  const edge = async (direction: 1 | -1) => {
    const [found] = await calls
      .find<{ createdAt: Date }>(matching, options)
      .project<{ createdAt: Date }>({ createdAt: 1 })
      .sort({ createdAt: direction, _id: direction })
      .limit(1)
      .toArray();
    return found?.createdAt;
  };
  const [oldest, newest] = await Promise.all([from ?? edge(1), to ?? edge(-1)]);
  if (oldest === undefined || newest === undefined) return undefined;
  return { from: oldest, to: to ?? new Date(newest.getTime() + 1) };
}

// Every bucket is a whole number of these steps, counted from the first: servers need not know time zones, whose names differ.
function stepOf({ starts, end }: Buckets): number {
  const edges = [...starts, end].map((edge) => edge.getTime());
  return edges.reduce((step, edge) => commonDivisor(step, edge - edges[0]!), 0);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function countsOf({ starts }: Buckets, step: number, found: readonly RawCount[]): BucketCounts[] {
  const all = starts.map((): BucketCounts => ({}));
  const first = starts[0]!.getTime();
  for (const { _id, calls } of found) {
    const at = first + Number(_id.step) * step;
    const counts = all[starts.findLastIndex((start) => start.getTime() <= at)];
    if (counts === undefined) continue;
    const group = groupOfStatus(_id.status);
    counts[group] = (counts[group] ?? 0) + calls;
  }
  return all;
}

function histogramOf(
  { size, starts, end }: Buckets,
  counts: readonly BucketCounts[],
): CallHistogram {
  const buckets = starts.map((from, index) => ({ from, counts: counts[index] ?? {} }));
  return { size: size ?? null, to: end, buckets };
}
