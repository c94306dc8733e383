import type { Filter, SortKey } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../../calls/call-document.ts";
import { isTimeLimit } from "../../database-error.ts";
import { afterPosition } from "../../queries/cursor.ts";
import { scoped } from "../../queries/read-scope.ts";
import type { FigureCall } from "../../rollups/index.ts";
import type { CallFold } from "./call-fold.ts";
import type { FiguresPlace } from "./figures-cursor.ts";

/** Which calls are counted. */
export interface CountedCalls {
  projectId: string;
  query: Filter;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** How long one query may take. */
export interface WindowLimits {
  /** Longest time of one query in the database, in milliseconds. */
  maxTimeMS: number;
}

/** Where the calls are read. */
export type ReadCalls = Pick<Collection<CallDocument>, "find">;

/** Calls that are being counted. */
export interface Reading {
  calls: ReadCalls;
  request: CountedCalls;
  limits: WindowLimits;
  fold: CallFold;
  /** True when the answer has to be given. */
  isSpent: () => boolean;
}

const CALLS_AT_ONCE = 1000;
const SHORTEST_WINDOW_MS = 1000;
/** By how much a window is shortened when the database found nothing in time, and lengthened when it did. */
const FACTOR = 8;
const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;
const NEWEST_FIRST_KEYS: readonly SortKey[] = [
  { path: "createdAt", direction: -1 },
  { path: "_id", direction: -1 },
];

/** Counts the calls of one window; where the next one begins, undefined when nothing is left. */
export async function readWindow(
  reading: Reading,
  place: FiguresPlace,
): Promise<FiguresPlace | undefined> {
  const { calls, request, limits, fold, isSpent } = reading;
  const { lower, isLast } = await lowerBound(reading, place);
  const filter = windowFilter(request, place, lower);
  const { projection } = fold;
  const options = { projection, maxTimeMS: limits.maxTimeMS, batchSize: CALLS_AT_ONCE };
  const began = performance.now();
  let read = place;
  try {
    for await (const call of calls.find<FigureCall>(filter, options).sort(NEWEST_FIRST)) {
      fold.add(call);
      read = { ...place, before: call.createdAt, id: call._id };
      if (isSpent()) return read;
    }
  } catch (error) {
    if (!isTimeLimit(error)) throw error;
    return read === place ? shorterWindow(reading, place, error) : read;
  }
  if (isLast || lower === undefined || place.windowMs === undefined) return undefined;
  // Much more would perhaps not be found in time.
  const isFast = (performance.now() - began) * FACTOR * 2 < limits.maxTimeMS;
  return { before: lower, windowMs: place.windowMs * (isFast ? FACTOR : 1) };
}

function windowFilter(
  { projectId, query, to }: CountedCalls,
  { before, id }: FiguresPlace,
  from: Date | undefined,
): Document {
  const end = before ?? to;
  const within = { ...(from && { $gte: from }), ...(end && id === undefined && { $lt: end }) };
  const bounds = Object.keys(within).length === 0 ? [] : [{ createdAt: within }];
  const after =
    before === undefined || id === undefined
      ? []
      : [afterPosition({ createdAt: before, _id: id }, NEWEST_FIRST_KEYS)];
  return { $and: [scoped(projectId, query), ...bounds, ...after] };
}

/** First moment of the next window, and whether nothing is left before it. */
async function lowerBound(
  { calls, request, limits }: Reading,
  { before, windowMs }: FiguresPlace,
): Promise<{ lower: Date | undefined; isLast: boolean }> {
  if (windowMs === undefined || before === undefined) return { lower: request.from, isLast: true };
  const lower = new Date(before.getTime() - windowMs);
  const first = request.from ?? (await edgeOf(calls, request.projectId, { ...limits, at: 1 }));
  const isLast = first === undefined || lower <= first;
  return { lower: isLast ? first : lower, isLast };
}

/** Where to begin when the database took too long for the whole: with a short window, which grows if it is fast. */
export async function firstWindow(reading: Reading): Promise<FiguresPlace> {
  const start: FiguresPlace = {};
  const shorter = await shortened(reading, start, FACTOR ** 2);
  return shorter ?? start;
}

// Few calls match, so the database had to look at too many before it found one: less is asked for at a time.
async function shorterWindow(
  reading: Reading,
  place: FiguresPlace,
  error: unknown,
): Promise<FiguresPlace> {
  const shorter = await shortened(reading, place, FACTOR);
  if (shorter === undefined) throw error;
  return shorter;
}

/** A place with a window that is so many times shorter; undefined when it is as short as it may be. */
async function shortened(
  { calls, request, limits }: Reading,
  place: FiguresPlace,
  factor: number,
): Promise<FiguresPlace | undefined> {
  const edge = async (at: 1 | -1) => edgeOf(calls, request.projectId, { ...limits, at });
  const first = request.from ?? (await edge(1));
  const before = place.before ?? request.to ?? (await edge(-1));
  if (first === undefined || before === undefined) return undefined;
  const length = place.windowMs ?? before.getTime() - first.getTime();
  if (length <= SHORTEST_WINDOW_MS) return undefined;
  const windowMs = Math.max(SHORTEST_WINDOW_MS, Math.floor(length / factor));
  return { ...place, before, windowMs };
}

// Of any call of the project, since an index has them in their order.
async function edgeOf(
  calls: ReadCalls,
  projectId: string,
  { at, maxTimeMS }: { at: 1 | -1; maxTimeMS: number },
): Promise<Date | undefined> {
  const options = { projection: { createdAt: 1 }, maxTimeMS, limit: 1 };
  const [found] = await calls
    .find<{ createdAt: Date }>({ projectId }, options)
    .sort({ createdAt: at, _id: at })
    .toArray();
  if (found === undefined) return undefined;
  // The newest call is to be counted, too.
  return at === 1 ? found.createdAt : new Date(found.createdAt.getTime() + 1);
}
