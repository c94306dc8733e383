import {
  BUCKET_SIZES,
  type BucketCounts,
  type CallHistogram,
  groupOfStatus,
  type HistogramQuery,
} from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { orInParts, scoped } from "../queries/read-scope.ts";
import { type Kept, keptFor, QUARTER_MS } from "../rollups/index.ts";
import { decodePlace, encodePlace, type FiguresPlace } from "./figures/figures-cursor.ts";
import { type FiguresLimits, readPart } from "./figures/read-part.ts";
import { type Buckets, bucketsOf, type Span } from "./histogram-buckets.ts";
import { histogramFold } from "./histogram-fold.ts";
import { spanOfCalls } from "./histogram-span.ts";

type HistogramRequest = { projectId: string } & HistogramQuery;
type Calls = Collection<CallDocument>;

interface RawCount {
  _id: { step: number; status: string };
  calls: number;
}

const GROUPS_AT_ONCE = 1000;

/**
 * Count the calls of a project over time: from kept figures where they answer the question, else by one aggregation.
 * What takes longer is answered in parts, if so asked.
 */
export async function readHistogram(
  calls: Calls,
  request: HistogramRequest,
  limits: FiguresLimits,
): Promise<CallHistogram> {
  const place = decodePlace(request);
  const isPart = request.inParts === true || request.cursor !== undefined;
  const maxTimeMS = isPart ? limits.sliceMs : limits.maxTimeMS;
  const span = place.span ?? (await spanOfCalls(calls, request, { maxTimeMS, isPart }));
  if (span === undefined) return { size: null, from: null, to: null, buckets: [] };
  const buckets = bucketsOf(span, request.buckets, request.timeZone);
  const kept = isKeepable(buckets) ? await keptFor(request, limits) : undefined;
  const counting = { calls, request, limits, span, buckets };
  if (kept !== undefined || request.cursor !== undefined) {
    const part = await countPart(counting, kept, place);
    if (isPart || part.nextCursor === undefined) return part;
  }
  return orInParts(
    isPart,
    () => countWhole(counting, maxTimeMS),
    () => countPart({ ...counting, limits: { ...limits, isSlow: true } }, kept, place),
  );
}

interface Counting {
  calls: Calls;
  request: HistogramRequest;
  limits: FiguresLimits;
  span: Span;
  buckets: Buckets;
}

function isKeepable({ size }: Buckets): boolean {
  return size === undefined || BUCKET_SIZES[size].ms >= QUARTER_MS;
}

async function countPart(
  { calls, request, limits, span, buckets }: Counting,
  kept: Kept | undefined,
  place: FiguresPlace,
): Promise<CallHistogram> {
  const fold = histogramFold(buckets);
  const reading = { calls, request: { ...request, ...span }, limits, fold };
  const left = await readPart(reading, kept, place);
  if (left === undefined) return histogramOf(buckets, fold.counts(), span.from);
  const part = histogramOf(buckets, fold.counts(), left.before ?? span.to);
  return { ...part, nextCursor: encodePlace({ ...left, span }, request) };
}

async function countWhole(
  { calls, request: { projectId, query }, span, buckets }: Counting,
  maxTimeMS: number,
): Promise<CallHistogram> {
  const step = stepOf(buckets);
  const place = { $floor: { $divide: [{ $subtract: ["$createdAt", buckets.starts[0]] }, step] } };
  const within: Document = { createdAt: { $gte: span.from, $lt: span.to } };
  const found = await calls
    .aggregate<RawCount>(
      [
        { $match: { $and: [scoped(projectId, query), within] } },
        { $group: { _id: { step: place, status: "$status" }, calls: { $sum: 1 } } },
      ],
      { maxTimeMS, batchSize: GROUPS_AT_ONCE },
    )
    .toArray();
  return histogramOf(buckets, countsOf(buckets, step, found), span.from);
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
  from: Date,
): CallHistogram {
  const buckets = starts.map((start, index) => ({
    from: start.toISOString(),
    counts: counts[index] ?? {},
  }));
  return { size: size ?? null, from: from.toISOString(), to: end.toISOString(), buckets };
}
