import type { FetchedCallLog, SearchTerms } from "@call-log/model";
import type { Collection, Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { isTimeLimit } from "../database-error.ts";
import { textPattern } from "../queries/filter-pattern.ts";
import { FOUND_PROJECTION, type FoundCalls } from "./found-calls.ts";

/** Number of latest calls of a project that are looked through. An index of words would take the place of this file. */
export const RECENT_CALLS = 10_000;
/** Most calls that are read of those that match. */
const MOST_READ = 200;

interface Within {
  calls: Collection<CallDocument>;
  projectId: string;
  maxTimeMS: number;
}

const newestFirst = { createdAt: -1, _id: -1 } as const;

/** Looks for a text in the latest calls of a project. Takes no longer than the time limit: then the result is cut. */
export async function scanRecentCalls(
  within: Within,
  terms: SearchTerms,
  recentCalls = RECENT_CALLS,
): Promise<FoundCalls> {
  try {
    const since = await createdSince(within, recentCalls);
    const found = await matching(within, { since, terms });
    return {
      ...grouped(found, terms),
      among: since === undefined ? null : recentCalls,
      isCut: false,
    };
  } catch (error) {
    if (!isTimeLimit(error)) throw error;
    return { ...grouped([], terms), among: null, isCut: true };
  }
}

// The time of the oldest call that is looked at; undefined when there are fewer calls. The index alone answers this.
async function createdSince(
  { calls, projectId, maxTimeMS }: Within,
  recentCalls: number,
): Promise<Date | undefined> {
  const [oldest] = await calls
    .find({ projectId }, { maxTimeMS })
    .sort(newestFirst)
    .skip(recentCalls - 1)
    .limit(1)
    .project<{ createdAt: Date }>({ _id: 0, createdAt: 1 })
    .toArray();
  return oldest?.createdAt;
}

async function matching(
  { calls, projectId, maxTimeMS }: Within,
  { since, terms }: { since: Date | undefined; terms: SearchTerms },
): Promise<FetchedCallLog[]> {
  const recent = since === undefined ? [] : [{ createdAt: { $gte: since } }];
  const filter = { $and: [{ projectId }, ...recent, { $or: conditionsOn(terms) }] } as Document;
  return calls
    .find(filter, { maxTimeMS })
    .sort(newestFirst)
    .limit(MOST_READ)
    .project<FetchedCallLog>(FOUND_PROJECTION)
    .toArray();
}

const TEXT_PATHS = [
  "user.name",
  "user.email",
  "incident.title",
  "incident.name",
  "callData.message",
  "statusMessage",
  "tags",
] as const;

function conditionsOn({ text, digits, providerCallId }: SearchTerms): Document[] {
  const pattern = textPattern(text, "anywhere");
  return [
    ...TEXT_PATHS.map((path) => ({ [path]: { $regex: pattern } })),
    ...(digits === undefined ? [] : [{ toNumber: { $regex: digits } }]),
    ...(providerCallId === undefined
      ? []
      : [{ "attempts.providerCallId": { $regex: textPattern(providerCallId, "start") } }]),
  ];
}

// A call is in each group that it matches by; one that no shown property matches was found by its provider's id.
function grouped(
  found: readonly FetchedCallLog[],
  { text, digits }: SearchTerms,
): Omit<FoundCalls, "among" | "isCut"> {
  const pattern = new RegExp(textPattern(text, "anywhere"));
  const has = (...values: unknown[]) =>
    values.flat().some((value) => typeof value === "string" && pattern.test(value));
  const isPerson = ({ user, toNumber = "" }: FetchedCallLog) =>
    has(user?.name, user?.email) || (digits !== undefined && toNumber.includes(digits));
  const isIncident = ({ incident }: FetchedCallLog) => has(incident?.title, incident?.name);
  const isText = ({ callData, statusMessage, tags }: FetchedCallLog) =>
    has((callData as { message?: unknown } | undefined)?.message, statusMessage, tags);
  const isEnd = ({ toNumber = "" }: FetchedCallLog) =>
    digits !== undefined && toNumber.endsWith(digits);
  const people = found.filter(isPerson);
  return {
    // A number that ends so is rather meant than one with the digits within.
    people: [...people.filter(isEnd), ...people.filter((call) => !isEnd(call))],
    incidents: found.filter(isIncident),
    texts: found.filter(isText),
    calls: found.filter((call) => !isPerson(call) && !isIncident(call) && !isText(call)),
  };
}
