import type { Filter } from "@call-log/model";

import { LOOKUP_PATHS, reversed } from "../calls/call-lookup.ts";
import { afterStart, distinctNumbers, type NumberRange } from "./distinct-numbers.ts";
import { digitsFilter, hasPart, type NumberPart, numberPartsIn } from "./number-parts.ts";
import type { SearchWithin } from "./search-within.ts";

/** What a filter is narrowed with. */
export interface Narrowing extends SearchWithin {
  /** True when every call of the project has what calls are found by. */
  isFilledIn: (projectId: string) => Promise<boolean>;
}

/**
 * A filter that finds the same, with conditions that an index serves beside those on parts of numbers: the whole numbers
 * that have the part where these are few, else a range of numbers, or four of the digits.
 */
export async function narrowFilter(within: Narrowing, filter: Filter): Promise<Filter> {
  const parts = numberPartsIn(filter);
  if (parts.length === 0) return filter;
  const added = await Promise.all(parts.map((part) => conditionOf(within, part)));
  return { kind: "and", filters: [filter, ...added.filter((one) => one !== undefined)] };
}

async function conditionOf(within: Narrowing, part: NumberPart): Promise<Filter | undefined> {
  const { path, position, text } = part;
  if (path === "toNumber" && position !== "start") {
    if (!(await within.isFilledIn(within.projectId))) return undefined;
    if (position === "anywhere") return digitsFilter(text);
  }
  const range = rangeOf(part);
  const numbers = await distinctNumbers(within, range);
  if (numbers === undefined) return range.start === "" ? undefined : inRange(range);
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
