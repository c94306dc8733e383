import type { Bounds, Filter, Test } from "@call-log/model";
import type { Document } from "mongodb";

import { textPattern } from "./filter-pattern.ts";

/** The MongoDB filter of a checked query. */
export function toMongoFilter(filter: Filter): Document {
  switch (filter.kind) {
    case "leaf":
      return onPath(filter.path, filter.test);
    case "and":
      return conjunction(filter.filters.map(toMongoFilter));
    case "or":
      return disjunction(filter.filters.map(toMongoFilter));
    case "nor":
      return { $nor: filter.filters.map(toMongoFilter) };
  }
}

// One flat document where the keys differ.
function conjunction(filters: readonly Document[]): Document {
  const flat: Document = {};
  const others: Document[] = [];
  for (const filter of filters) {
    const isNew = Object.keys(filter).every((key) => !Object.hasOwn(flat, key));
    if (isNew) Object.assign(flat, filter);
    else others.push(filter);
  }
  return others.length === 0 ? flat : { $and: [flat, ...others] };
}

function disjunction([first, ...others]: readonly Document[]): Document {
  if (first === undefined) return { _id: { $in: [] } };
  return others.length === 0 ? first : { $or: [first, ...others] };
}

function onPath(path: string, test: Test): Document {
  if (test.kind === "not")
    return { $nor: [conjunction(test.tests.map((inner) => onPath(path, inner)))] };
  return { [path]: toOperators(test) };
}

function toOperators(test: Test): Document {
  switch (test.kind) {
    case "is":
      return { $eq: test.value };
    case "isNot":
      return { $ne: test.value };
    case "in":
      return { $in: test.values };
    case "notIn":
      return { $nin: test.values };
    case "range":
      return toRange(test.bounds);
    case "match":
      return { $regex: textPattern(test.text, test.position) };
    case "all":
      return { $all: test.values };
    case "size":
      return { $size: test.size };
    case "exists":
      return { $exists: test.exists };
    case "isList":
      return { $type: "array" };
    case "not":
      return { $not: together(test.tests) };
    case "element":
      return { $elemMatch: together(test.tests) };
    case "elementWhere":
      return { $elemMatch: toMongoFilter(test.filter) };
  }
}

// The tests of one operator object have different operators each, so none overwrites another.
function together(tests: readonly Test[]): Document {
  return Object.assign({}, ...tests.map(toOperators)) as Document;
}

const RANGE_OPERATORS = { above: "$gt", from: "$gte", below: "$lt", upTo: "$lte" } as const;

function toRange(bounds: Bounds): Document {
  const names = Object.keys(bounds) as (keyof Bounds)[];
  return Object.fromEntries(names.map((name) => [RANGE_OPERATORS[name], bounds[name]]));
}
