import { type FetchedCallLog, maskedCallLog, type SearchTerms } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { FOUND_PROJECTION, type FoundCalls, MOST_FOUND } from "./found-calls.ts";
import { scanRecentCalls } from "./scan-recent-calls.ts";

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

/** Looks for what a text can mean: by indexes for ids and beginnings of numbers, in the latest calls for everything else. */
export async function searchCalls(
  calls: Calls,
  { projectId, terms, isMasked }: CallSearch,
  { maxTimeMS }: { maxTimeMS: number },
): Promise<FoundCalls> {
  const within = { calls, projectId, maxTimeMS };
  const [byId, byProviderId, ofIncident, ofUser, byNumber, recent] = await Promise.all([
    callsByIdStart(within, terms.callIdStart),
    newestOf(within, terms.providerCallId && { "attempts.providerCallId": terms.providerCallId }),
    newestOf(within, terms.id && { incidentId: terms.id }, 1),
    newestOf(within, terms.id && { userId: terms.id }, 1),
    isMasked ? [] : numbersFrom(within, terms.numberStarts),
    isMasked ? undefined : scanRecentCalls(within, terms),
  ]);
  const found: FoundCalls = {
    people: distinct([...ofUser, ...byNumber, ...(recent?.people ?? [])], numberOf),
    incidents: distinct([...ofIncident, ...(recent?.incidents ?? [])], incidentOf),
    calls: distinct([...byId, ...byProviderId, ...(recent?.calls ?? [])], idOf),
    texts: distinct(recent?.texts ?? [], idOf),
    among: recent?.among ?? null,
    isCut: recent?.isCut ?? false,
  };
  return isMasked ? maskedResults(found) : found;
}

interface Within {
  calls: Calls;
  projectId: string;
  maxTimeMS: number;
}

async function newestOf(
  { calls, projectId, maxTimeMS }: Within,
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
  { calls, projectId, maxTimeMS }: Within,
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

// One look into the index for each number: its latest call, then the next number.
async function numbersFrom(within: Within, starts: readonly string[]): Promise<FetchedCallLog[]> {
  const found = await Promise.all(starts.map((start) => numbersFromOne(within, start)));
  return found.flat();
}

async function numbersFromOne(
  { calls, projectId, maxTimeMS }: Within,
  start: string,
): Promise<FetchedCallLog[]> {
  const found: FetchedCallLog[] = [];
  let range: Document = { $gte: start, $lt: `${start}${AFTER_ALL}` };
  while (found.length < MOST_FOUND) {
    const [next] = await calls
      .find({ projectId, toNumber: range as never }, { maxTimeMS })
      .sort({ toNumber: 1, ...newestFirst })
      .limit(1)
      .project<FetchedCallLog>(FOUND_PROJECTION)
      .toArray();
    if (next === undefined) break;
    found.push(next);
    range = { $gt: next.toNumber, $lt: `${start}${AFTER_ALL}` };
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
