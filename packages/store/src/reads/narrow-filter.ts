import type { Filter } from "@call-log/model";

import { LOOKUP_PATHS, reversed } from "../calls/call-lookup.ts";
import { afterStart, distinctNumbers, type NumberRange } from "./distinct-numbers.ts";
import { wordCondition } from "./narrow-by-words.ts";
import { digitsFilter, hasPart, type NumberPart, numberPartOf } from "./number-parts.ts";
import type { Narrowing } from "./search-within.ts";

/** A filter that finds the same, by conditions that an index serves: on parts of numbers, and on words of texts. */
export async function narrowFilter(within: Narrowing, filter: Filter): Promise<Filter> {
  const [narrowed, ofWords] = await Promise.all([
    narrowNumbers(within, filter),
    wordCondition(within, filter),
  ]);
  return ofWords === undefined ? narrowed : { kind: "and", filters: [narrowed, ofWords] };
}

/**
 * In place of a part of a number the whole numbers that have it where these are few, else beside it a range of numbers, or
 * four of the digits.
 */
async function narrowNumbers(within: Narrowing, filter: Filter): Promise<Filter> {
  if (filter.kind === "and") {
    const filters = await Promise.all(filter.filters.map((one) => narrowNumbers(within, one)));
    return { kind: "and", filters };
  }
  const part = numberPartOf(filter);
  if (part === undefined) return filter;
  const { path, position, text } = part;
  const also = (added: Filter | undefined): Filter =>
    added === undefined ? filter : { kind: "and", filters: [filter, added] };
  if (path === "toNumber" && position !== "start") {
    if (!(await within.isFilledIn(within.projectId))) return filter;
    if (position === "anywhere") return also(digitsFilter(text));
  }
  const range = rangeOf(part);
  const numbers = await distinctNumbers(within, range);
  if (numbers === undefined) return also(range.start === "" ? undefined : inRange(range));
  const values = numbers.filter((number) => hasPart(number, part));
  return { kind: "leaf", path, test: { kind: "in", values } };
}

// Of the numbers that are called from there are few, so that all of them are looked at.
function rangeOf({ path, position, text }: NumberPart): NumberRange {
  if (position === "start") return { path, start: text };
  return path === "fromNumber"
    ? { path, start: "" }
    : { path: LOOKUP_PATHS.toReversed, start: reversed(text) };
}

function inRange({ path, start }: NumberRange): Filter {
  return {
    kind: "leaf",
    path,
    test: { kind: "range", bounds: { from: start, below: afterStart(start) } },
  };
}
