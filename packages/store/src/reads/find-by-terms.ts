import type { FetchedCallLog, SearchTerms } from "@call-log/model";

import {
  DIGITS_IN_ROW,
  digitsTerm,
  LOOKUP_PATHS,
  startOf,
  TERMS_LATER,
  WORD_STARTS,
  wordsIn,
} from "../calls/call-lookup.ts";
import { isTimeLimit } from "../database-error.ts";
import { rarestTerm } from "./rarest-term.ts";
import { anywhere, createdFrom, newestMatching, type Scanned } from "./scan-recent-calls.ts";
import type { SearchWithin } from "./search-within.ts";

/** Most calls with the same beginning of a word that are looked at: the newest. */
const MOST_LOOKED_AT = 5000;
/** Most words of a text that are looked up: the longest. */
const MOST_WORDS = 4;

/**
 * Looks for a text in all calls of a project by the index of terms: every word of the text is the beginning of one of
 * the call's, or four of its digits are in the number.
 */
export async function findByTerms(
  within: SearchWithin,
  terms: SearchTerms,
  mostLookedAt = MOST_LOOKED_AT,
): Promise<Pick<Scanned, "found" | "isCut">> {
  try {
    const found = await Promise.all(
      waysTo(terms).map(async (way) => {
        const rarest = await rarestTerm(within, way, mostLookedAt);
        const all = way.map((term) => ({ [LOOKUP_PATHS.terms]: term }));
        return newestMatching(within, [
          { [LOOKUP_PATHS.terms]: rarest.term },
          ...createdFrom(rarest.since),
          ...all,
          anywhere(terms),
        ]);
      }),
    );
    return { found: found.flat(), isCut: false };
  } catch (error) {
    if (!isTimeLimit(error)) throw error;
    return { found: [], isCut: true };
  }
}

/** Sets of terms; a call that has all of one set may match. Of a call under way no terms are known. */
function waysTo({ text, digits = "" }: SearchTerms): string[][] {
  const words = [...new Set(wordsIn(text))];
  // A word of one or two letters is perhaps not typed to its end.
  const long = words.filter((word) => Array.from(word).length >= WORD_STARTS[0]);
  const chosen = (long.length === 0 ? words : long)
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_WORDS);
  const ofDigits =
    digits.length < DIGITS_IN_ROW ? [] : [[digitsTerm(digits.slice(-DIGITS_IN_ROW))]];
  const ofWords = chosen.length === 0 ? [] : [chosen.map(startOf)];
  const known = [...ofWords, ...ofDigits];
  return known.length === 0 ? [] : [...known, [TERMS_LATER]];
}

/** A call each, the newest first; those that two ways have found, once. */
export function newestFirstOnce(found: readonly FetchedCallLog[]): FetchedCallLog[] {
  const byId = new Map(found.map((call) => [call._id, call]));
  const time = ({ createdAt }: FetchedCallLog) => createdAt?.getTime() ?? 0;
  return [...byId.values()].toSorted(
    (one, other) => time(other) - time(one) || (one._id < other._id ? 1 : -1),
  );
}
