import type { Document } from "mongodb";

import { LOOKUP_PATHS } from "../calls/call-lookup.ts";
import { createdSince } from "./scan-recent-calls.ts";
import type { SearchWithin } from "./search-within.ts";

/** The term of several that the fewest of the latest calls have. */
export interface RarestTerm {
  term: string;
  /** When the oldest of its newest calls was created, as many as are looked at; undefined when it has fewer. */
  since: Date | undefined;
}

/** The rarest of some terms: of that many newest calls with each, those of the rarest go furthest back. */
export async function rarestTerm(
  within: SearchWithin,
  terms: readonly string[],
  calls: number,
): Promise<RarestTerm> {
  const known = await Promise.all(
    terms.map(async (term) => {
      const filter: Document = { [LOOKUP_PATHS.terms]: term };
      return { term, since: await createdSince(within, filter, calls) };
    }),
  );
  const age = ({ since }: RarestTerm) => since?.getTime() ?? Number.NEGATIVE_INFINITY;
  return known.reduce((rarest, one) => (age(one) < age(rarest) ? one : rarest));
}
