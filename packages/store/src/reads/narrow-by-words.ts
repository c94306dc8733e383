import type { Filter } from "@call-log/model";
import type { Document } from "mongodb";

import { LOOKUP_PATHS, MORE_WORDS } from "../calls/call-lookup.ts";
import { scoped } from "../queries/read-scope.ts";
import { rarestTerm } from "./rarest-term.ts";
import type { Narrowing } from "./search-within.ts";
import { termsOf } from "./text-terms.ts";

/** Most terms of a query of which the rarest is looked for. */
const MOST_TERMS = 4;
/** Calls with each of them that are looked at. */
const LOOKED_AT = 100;
/** Most calls with more words than are kept beside which an index still helps. */
const MOST_LONG = 1000;

/**
 * A condition that an index serves and that every call which passes the filter passes too: it has the rarest term of the words
 * that are asked for. Undefined when there is none.
 */
export async function wordCondition(
  within: Narrowing,
  filter: Filter,
): Promise<Filter | undefined> {
  const terms = termsOf(filter).toSorted(byRareness).slice(0, MOST_TERMS);
  if (terms.length === 0 || !(await within.isFilledIn(within.projectId))) return undefined;
  const [{ term }, long] = await Promise.all([
    rarestTerm(within, terms, LOOKED_AT),
    countUpTo(within, { [LOOKUP_PATHS.terms]: MORE_WORDS }, MOST_LONG + 1),
  ]);
  if (long > MOST_LONG) return undefined;
  const test =
    long > 0 && (await isMissed(within, filter, term))
      ? ({ kind: "in", values: [term, MORE_WORDS] } as const)
      : ({ kind: "is", value: term } as const);
  return { kind: "leaf", path: LOOKUP_PATHS.terms, test };
}

// Numbers are rarer than words, and long words than short ones.
function byRareness(one: string, other: string): number {
  const isNumber = (term: string) => Number(/^\p{N}/u.test(term));
  return isNumber(other) - isNumber(one) || other.length - one.length;
}

// Two values of an index are not read in order by every database, so both are asked for only where that finds more.
async function isMissed(within: Narrowing, filter: Filter, term: string): Promise<boolean> {
  const isLong = { [LOOKUP_PATHS.terms]: { $eq: MORE_WORDS, $ne: term } };
  return (await countUpTo(within, { $and: [isLong, scoped(within.projectId, filter)] }, 1)) > 0;
}

/** How many calls pass the filter, at most as many as the limit. */
async function countUpTo(
  { calls, projectId, maxTimeMS }: Narrowing,
  filter: Document,
  limit: number,
): Promise<number> {
  const options = { projection: { _id: 1 }, limit, maxTimeMS };
  const ids = await calls.find({ $and: [{ projectId }, filter] } as Document, options).toArray();
  return ids.length;
}
