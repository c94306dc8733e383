import { CallLogError } from "@call-log/model";
import type { Collection, Document, FindOptions } from "mongodb";

import { type CursorList, encodeCursor, isPagedByCursor } from "./cursor.ts";
import { type FoundPage, pageOfFound } from "./found-page.ts";
import { inWindows } from "./in-windows.ts";

/** How many match; if counting them took too long, of those that were created from `countedFrom` on. */
export interface MatchCount {
  count: number;
  /** Count older ones with a condition on `createdAt`. Absent when all are counted. */
  countedFrom?: Date;
}

/** What is looked for in a collection that an index has in the order of `createdAt`. */
export interface SlowSearch {
  collection: Pick<Collection, "find" | "countDocuments">;
  /** What that index is of: a project, or the owner of a trail. */
  scope: Document;
  /** What matches, the scope included. */
  matching: Document;
  /** Times that the search asks for itself. */
  times: { from: number; to: number };
  /** Longest time of one query in the database, in milliseconds. */
  maxTimeMS: number;
  /** No window is begun after so many milliseconds. */
  sliceMs: number;
}

/** Counts as many of the newest as can be counted in a slice of time. */
export async function countInWindows(search: SlowSearch): Promise<MatchCount> {
  const { collection, matching, sliceMs } = search;
  const span = await spanOf(search);
  let count = 0;
  const left = await inWindows({ span, direction: -1, sliceMs }, async (window, options) => {
    count += await collection.countDocuments({ $and: [matching, createdIn(window)] }, options);
    return false;
  });
  return { count, ...(left !== undefined && { countedFrom: new Date(left) }) };
}

/** Which page is looked for. */
export interface SlowPage {
  list: CursorList;
  skip: number;
  limit: number;
  projection?: Document;
}

/** Most that are skipped one by one. */
const MOST_SKIPPED = 10_000;

/**
 * As much of a page as can be found in a slice of time, with a cursor for the rest. Throws BAD_REQUEST for a page that
 * cannot be looked for in parts: in another order than that of `createdAt`, and far behind the first.
 */
export async function pageInWindows<Found extends { _id: string; createdAt?: Date }>(
  search: SlowSearch,
  { list, skip, limit, projection }: SlowPage,
): Promise<FoundPage<Found>> {
  if (!isPagedByCursor(list.sort)) throw tooMuchFor("sort", "Sort by createdAt");
  if (skip > MOST_SKIPPED) throw tooMuchFor("skip", "Go on by cursor");
  const { found, reached } = await findInWindows<Found>(search, {
    direction: list.sort[0]?.direction ?? -1,
    limit: skip + limit + 1,
    options: projection === undefined ? {} : { projection },
  });
  const data = found.slice(skip);
  if (reached === undefined) return pageOfFound(data, list, limit);
  if (skip > 0 && data.length === 0) throw tooMuchFor("skip", "Go on by cursor");
  // Nothing of that moment itself was looked at, whichever the direction.
  return { data, nextCursor: encodeCursor({ createdAt: new Date(reached), _id: "" }, list) };
}

function tooMuchFor(field: string, advice: string): CallLogError {
  const text = `${field}: takes the database too long for this query. ${advice}, or narrow the query, for example by createdAt.`;
  return new CallLogError("BAD_REQUEST", text);
}

interface WindowedPage {
  direction: 1 | -1;
  limit: number;
  options: FindOptions;
}

/** The first that match; and the moment that was reached, if that is not the end and not enough was found. */
async function findInWindows<Found>(
  search: SlowSearch,
  { direction, limit, options }: WindowedPage,
): Promise<{ found: Found[]; reached: number | undefined }> {
  const { collection, matching, sliceMs } = search;
  const span = await spanOf(search);
  const found: Found[] = [];
  const left = await inWindows({ span, direction, sliceMs }, async (window, limits) => {
    const more = collection
      .find({ $and: [matching, createdIn(window)] }, { ...options, ...limits })
      .sort({ createdAt: direction, _id: direction })
      .limit(limit - found.length);
    found.push(...((await more.toArray()) as Found[]));
    return found.length >= limit;
  });
  return { found, reached: found.length >= limit ? undefined : left };
}

/** The times that are asked for, between the oldest and the newest of the scope. */
async function spanOf({ collection, scope, times, maxTimeMS }: SlowSearch) {
  const edge = async (at: 1 | -1) => {
    const [found] = await collection
      .find<{ createdAt: Date }>(scope, { projection: { createdAt: 1 }, limit: 1, maxTimeMS })
      .sort({ createdAt: at, _id: at })
      .toArray();
    return found?.createdAt.getTime();
  };
  const [oldest, newest] = await Promise.all([edge(1), edge(-1)]);
  if (oldest === undefined || newest === undefined) return { from: 0, to: 0 };
  return { from: Math.max(oldest, times.from), to: Math.min(newest + 1, times.to) };
}

function createdIn({ from, to }: { from: number; to: number }): Document {
  return { createdAt: { $gte: new Date(from), $lt: new Date(to) } };
}
