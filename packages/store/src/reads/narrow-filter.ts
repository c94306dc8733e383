import type { Filter } from "@call-log/model";

import { LOOKUP_PATHS, reversed } from "../calls/call-lookup.ts";
import { afterStart, distinctNumbers, type NumberRange } from "./distinct-numbers.ts";
import { termCondition } from "./narrow-by-terms.ts";
import { hasPart, type NumberPart, numberPartOf } from "./number-parts.ts";
import type { Narrowing } from "./search-within.ts";

/** A filter that finds the same, by conditions that an index serves: on parts of numbers, and on words of texts. */
export async function narrowFilter(within: Narrowing, filter: Filter): Promise<Filter> {
  const [narrowed, byTerm] = await Promise.all([
    narrowNumbers(within, filter),
    termCondition(within, filter),
  ]);
  return byTerm === undefined ? narrowed : { kind: "and", filters: [narrowed, byTerm] };
}

/**
 * In place of the beginning or end of a number, and of any part of one that is called from, the whole numbers that have
 * it where these are few, else beside it a range of numbers.
 */
async function narrowNumbers(within: Narrowing, filter: Filter): Promise<Filter> {
  if (filter.kind === "and") {
    const filters = await Promise.all(filter.filters.map((one) => narrowNumbers(within, one)));
    return { kind: "and", filters };
  }
  const part = numberPartOf(filter);
  if (part === undefined) return filter;
  const { path, position } = part;
  if (path === "toNumber" && position === "anywhere") return filter;
  const isReversed = path === "toNumber" && position === "end";
  if (isReversed && !(await within.isFilledIn(within.projectId))) return filter;
  const range = rangeOf(part);
  const numbers = await distinctNumbers(within, range);
  if (numbers === undefined)
    return range.start === "" ? filter : { kind: "and", filters: [filter, inRange(range)] };
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
