import type { FetchedCallLog, SearchTerms } from "@call-log/model";
import type { Document } from "mongodb";

import { isTimeLimit } from "../database-error.ts";
import { FOUND_PROJECTION } from "./found-calls.ts";
import type { SearchWithin } from "./search-within.ts";
import { conditionsOn, MOST_READ } from "./text-matches.ts";

/** Number of latest calls of a project that are looked through for what no index finds: parts within a word. */
export const RECENT_CALLS = 10_000;

const newestFirst = { createdAt: -1, _id: -1 } as const;

/** What a look through calls has found. */
export interface Scanned {
  /** Newest first. */
  found: FetchedCallLog[];
  /** Number of the latest calls that were looked through; null for all. */
  among: number | null;
  /** True if it took too long. */
  isCut: boolean;
}

/** Looks for a text in the latest calls of a project. Takes no longer than the time limit: then the result is cut. */
export async function scanRecentCalls(
  within: SearchWithin,
  terms: SearchTerms,
  recentCalls = RECENT_CALLS,
): Promise<Scanned> {
  try {
    const since = await createdSince(within, {}, recentCalls);
    const found = await newestMatching(within, [...createdFrom(since), anywhere(terms)]);
    return { found, among: since === undefined ? null : recentCalls, isCut: false };
  } catch (error) {
    if (!isTimeLimit(error)) throw error;
    return { found: [], among: null, isCut: true };
  }
}

/** The condition that a text stands somewhere in a call. */
export function anywhere(terms: SearchTerms): Document {
  return { $or: conditionsOn(terms) };
}

/** The condition on the time of calls of which the oldest was created then. */
export function createdFrom(since: Date | undefined): Document[] {
  return since === undefined ? [] : [{ createdAt: { $gte: since } }];
}

/**
 * The time of the oldest of so many newest calls that pass a filter; undefined when there are fewer. The index alone
 * answers this.
 */
export async function createdSince(
  { calls, projectId, maxTimeMS }: SearchWithin,
  filter: Document,
  count: number,
): Promise<Date | undefined> {
  const [oldest] = await calls
    .find({ projectId, ...filter }, { maxTimeMS })
    .sort(newestFirst)
    .skip(count - 1)
    .limit(1)
    .project<{ createdAt: Date }>({ _id: 0, createdAt: 1 })
    .toArray();
  return oldest?.createdAt;
}

/** The newest calls of a project that pass all filters. */
export async function newestMatching(
  { calls, projectId, maxTimeMS }: SearchWithin,
  filters: readonly Document[],
): Promise<FetchedCallLog[]> {
  return calls
    .find({ $and: [{ projectId }, ...filters] } as Document, { maxTimeMS })
    .sort(newestFirst)
    .limit(MOST_READ)
    .project<FetchedCallLog>(FOUND_PROJECTION)
    .toArray();
}
