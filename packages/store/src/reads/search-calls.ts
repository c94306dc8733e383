import { type FetchedCallLog, maskedCallLog, type SearchTerms } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { LOOKUP_PATHS, reversed } from "../calls/call-lookup.ts";
import { afterStart, type NumberRange } from "./distinct-numbers.ts";
import { findByTerms, newestFirstOnce } from "./find-by-terms.ts";
import { FOUND_PROJECTION, type FoundCalls, MOST_FOUND } from "./found-calls.ts";
import { scanRecentCalls } from "./scan-recent-calls.ts";
import type { SearchWithin } from "./search-within.ts";
import { grouped } from "./text-matches.ts";

/** A search in the calls of a project. */
export interface CallSearch {
  projectId: string;
  terms: SearchTerms;
  /** True for a key that reads masked: ids alone are looked for. */
  isMasked: boolean;
}

type Calls = Collection<CallDocument>;

const newestFirst = { createdAt: -1, _id: -1 } as const;
/** Greater than every character of an id or number. */
const AFTER_ALL = "\uffff";

/** How a search is made. */
export interface SearchLimits {
  maxTimeMS: number;
  /** True when every call of the project has what calls are found by. */
  isFilledIn: (projectId: string) => Promise<boolean>;
}

/**
 * Looks for what a text can mean: by indexes for ids, ends of numbers and beginnings of words, and in the latest calls
 * for everything else.
 */
export async function searchCalls(
  calls: Calls,
  { projectId, terms, isMasked }: CallSearch,
  { maxTimeMS, isFilledIn }: SearchLimits,
): Promise<FoundCalls> {
  const within = { calls, projectId, maxTimeMS };
  const [byId, byProviderId, ofIncident, ofUser, byNumber, inTexts] = await Promise.all([
    callsByIdStart(within, terms.callIdStart),
    newestOf(within, terms.providerCallId && { "attempts.providerCallId": terms.providerCallId }),
    newestOf(within, terms.id && { incidentId: terms.id }, 1),
    newestOf(within, terms.id && { userId: terms.id }, 1),
    isMasked ? [] : numbersFrom(within, terms),
    isMasked ? undefined : findInTexts(within, terms, isFilledIn),
  ]);
  const found: FoundCalls = {
    people: distinct([...ofUser, ...byNumber, ...(inTexts?.people ?? [])], numberOf),
    incidents: distinct([...ofIncident, ...(inTexts?.incidents ?? [])], incidentOf),
    calls: distinct([...byId, ...byProviderId, ...(inTexts?.calls ?? [])], idOf),
    texts: distinct(inTexts?.texts ?? [], idOf),
    among: inTexts?.among ?? null,
    isCut: inTexts?.isCut ?? false,
  };
  return isMasked ? maskedResults(found) : found;
}

async function findInTexts(
  within: SearchWithin,
  terms: SearchTerms,
  isFilledIn: SearchLimits["isFilledIn"],
): Promise<FoundCalls> {
  const [recent, all] = await Promise.all([
    scanRecentCalls(within, terms),
    isFilledIn(within.projectId).then((isFilled) =>
      isFilled ? findByTerms(within, terms) : { found: [], isCut: false },
    ),
  ]);
  const found = newestFirstOnce([...recent.found, ...all.found]);
  return {
    ...grouped(found, terms),
    among: recent.among,
    isCut: recent.isCut || all.isCut,
  };
}

async function newestOf(
  { calls, projectId, maxTimeMS }: SearchWithin,
  filter: Document | "" | undefined,
  limit = MOST_FOUND,
): Promise<FetchedCallLog[]> {
  if (!filter) return [];
  return calls
    .find({ $and: [{ projectId }, filter] }, { maxTimeMS })
    .sort(newestFirst)
    .limit(limit)
    .project<FetchedCallLog>(FOUND_PROJECTION)
    .toArray();
}

// By the primary key; ids begin with their time, so that few of other projects lie between.
async function callsByIdStart(
  { calls, projectId, maxTimeMS }: SearchWithin,
  start: string | undefined,
): Promise<FetchedCallLog[]> {
  if (start === undefined) return [];
  return calls
    .find({ _id: { $gte: start, $lt: `${start}${AFTER_ALL}` }, projectId }, { maxTimeMS })
    .sort({ _id: -1 })
    .limit(MOST_FOUND)
    .project<FetchedCallLog>(FOUND_PROJECTION)
    .toArray();
}

// Numbers that end so come behind those that begin so.
async function numbersFrom(
  within: SearchWithin,
  { numberStarts, digits }: SearchTerms,
): Promise<FetchedCallLog[]> {
  const found = await Promise.all([
    ...numberStarts.map((start) => numbersFromOne(within, { path: "toNumber", start })),
    ...(digits === undefined
      ? []
      : [numbersFromOne(within, { path: LOOKUP_PATHS.toReversed, start: reversed(digits) })]),
  ]);
  return found.flat();
}

// One look into the index for each number: its latest call, then the next number.
async function numbersFromOne(
  { calls, projectId, maxTimeMS }: SearchWithin,
  { path, start }: NumberRange,
): Promise<FetchedCallLog[]> {
  const found: FetchedCallLog[] = [];
  const below = { $lt: afterStart(start) };
  let range: Document = { $gte: start, ...below };
  while (found.length < MOST_FOUND) {
    const [next] = await calls
      .find({ projectId, [path]: range }, { maxTimeMS })
      .sort({ [path]: 1, ...newestFirst })
      .limit(1)
      .project<FetchedCallLog>(FOUND_PROJECTION)
      .toArray();
    if (next?.toNumber === undefined) break;
    found.push(next);
    range = { $gt: path === "toNumber" ? next.toNumber : reversed(next.toNumber), ...below };
  }
  return found;
}

const idOf = ({ _id }: FetchedCallLog) => _id;
const incidentOf = ({ _id, incidentId, incident }: FetchedCallLog) =>
  incidentId ?? incident?._id ?? _id;
const numberOf = ({ _id, toNumber }: FetchedCallLog) => toNumber ?? _id;

function distinct(
  found: readonly FetchedCallLog[],
  keyOf: (call: FetchedCallLog) => string,
): FetchedCallLog[] {
  const byKey = new Map<string, FetchedCallLog>();
  for (const call of found) if (!byKey.has(keyOf(call))) byKey.set(keyOf(call), call);
  return [...byKey.values()].slice(0, MOST_FOUND);
}

function maskedResults({ people, incidents, calls, ...rest }: FoundCalls): FoundCalls {
  return {
    ...rest,
    people: people.map(maskedCallLog),
    incidents: incidents.map(maskedCallLog),
    calls: calls.map(maskedCallLog),
    texts: [],
  };
}
