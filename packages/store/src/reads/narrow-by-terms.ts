import type { Filter } from "@call-log/model";
import type { Document } from "mongodb";

import { isOfDigits, LOOKUP_PATHS, MORE_WORDS, TERMS_LATER } from "../calls/call-lookup.ts";
import { scoped } from "../queries/read-scope.ts";
import { rarestTerm } from "./rarest-term.ts";
import type { Narrowing } from "./search-within.ts";
import { termsOf } from "./text-terms.ts";

/** Most terms of a query of which the rarest is looked for. */
const MOST_TERMS = 4;
/** Calls with each of them that are looked at. */
const LOOKED_AT = 100;
/** Most calls whose terms are not all kept, or come later, beside which an index still helps. */
const MOST_MARKED = 1000;

/**
 * A condition that an index serves and that every call which passes the filter passes too: it has the rarest term of the words
 * and digits that are asked for. Undefined when there is none.
 */
export async function termCondition(
  within: Narrowing,
  filter: Filter,
): Promise<Filter | undefined> {
  const terms = termsOf(filter).toSorted(byRareness).slice(0, MOST_TERMS);
  if (terms.length === 0 || !(await within.isFilledIn(within.projectId))) return undefined;
  const { term } = await rarestTerm(within, terms, LOOKED_AT);
  const marks = isOfDigits(term) ? [TERMS_LATER] : [MORE_WORDS, TERMS_LATER];
  const marked = await countUpTo(within, { [LOOKUP_PATHS.terms]: { $in: marks } }, MOST_MARKED + 1);
  if (marked > MOST_MARKED) return undefined;
  const test =
    marked > 0 && (await isMissed(within, filter, { term, marks }))
      ? ({ kind: "in", values: [term, ...marks] } as const)
      : ({ kind: "is", value: term } as const);
  return { kind: "leaf", path: LOOKUP_PATHS.terms, test };
}

// Numbers are rarer than words, and long words than short ones.
function byRareness(one: string, other: string): number {
  const isNumber = (term: string) => Number(/^#?\p{N}/u.test(term));
  return isNumber(other) - isNumber(one) || other.length - one.length;
}

// Several values of an index are not read in order by every database, so they are asked for only where that finds more.
async function isMissed(
  within: Narrowing,
  filter: Filter,
  { term, marks }: { term: string; marks: readonly string[] },
): Promise<boolean> {
  const isMarked = { [LOOKUP_PATHS.terms]: { $in: marks, $ne: term } };
  return (await countUpTo(within, { $and: [isMarked, scoped(within.projectId, filter)] }, 1)) > 0;
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
