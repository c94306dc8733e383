import { BSONRegExp, type Document } from "bson";

import { toNumber, toSafeInteger } from "../bson-number.ts";
import { compareValues, sameValue } from "../bson-order.ts";
import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { matchFilter } from "../match-filter.ts";
import { isOperatorDocument, parseFilter } from "../parse-filter.ts";
import { parseSort, sortBy } from "../sort-documents.ts";
import type { Modifier, ModifierSite, ParseModifier } from "./update-modifier.ts";

/** The modifiers of arrays. */
export const ARRAY_MODIFIERS: Readonly<Record<string, ParseModifier>> = {
  $push: parsePush,
  $addToSet: parseAddToSet,
  $pop: parsePop,
  $pull: parsePull,
  $pullAll: parsePullAll,
};

interface PushClauses {
  readonly each: readonly unknown[];
  readonly position?: number | undefined;
  readonly slice?: number | undefined;
  readonly sort?: ((array: readonly unknown[]) => unknown[]) | undefined;
}

function parsePush({ path, operand }: ModifierSite): Modifier {
  const clauses = pushClauses(operand);
  const apply = (current: unknown): unknown => {
    if (current !== undefined && !Array.isArray(current)) {
      throw new CommandError(
        "BadValue",
        `The field '${path}' must be an array but is of type ${typeOf(current)}`,
      );
    }
    return push((current as unknown[] | undefined) ?? [], clauses);
  };
  return { apply, creates: true };
}

function pushClauses(operand: unknown): PushClauses {
  const clauses = asDocument(operand);
  if (clauses === undefined || !("$each" in clauses)) return { each: [operand] };
  const unknown = Object.keys(clauses).find(
    (name) => !["$each", "$position", "$slice", "$sort"].includes(name),
  );
  if (unknown !== undefined)
    throw new CommandError("BadValue", `Unrecognized clause in $push: ${unknown}`);
  const each: unknown = clauses["$each"];
  if (!Array.isArray(each)) {
    throw new CommandError(
      "BadValue",
      `The argument to $each in $push must be an array but it was of type: ${typeOf(each)}`,
    );
  }
  return {
    each,
    position: wholeClause(clauses, "$position"),
    slice: wholeClause(clauses, "$slice"),
    sort: "$sort" in clauses ? sortClause(clauses["$sort"]) : undefined,
  };
}

function wholeClause(clauses: Document, name: "$position" | "$slice"): number | undefined {
  if (!(name in clauses)) return undefined;
  const value = toSafeInteger(clauses[name]);
  if (value !== undefined) return value;
  throw new CommandError(
    "BadValue",
    `The value for ${name} must be an integer value but was given type: ${typeOf(clauses[name])}`,
  );
}

function sortClause(operand: unknown): (array: readonly unknown[]) => unknown[] {
  const direction = toNumber(operand);
  if (direction === 1 || direction === -1) {
    return (array) => array.toSorted((a, b) => compareValues(a, b) * direction);
  }
  const pattern = asDocument(operand);
  if (pattern === undefined || Object.keys(pattern).length === 0) {
    throw new CommandError(
      "BadValue",
      "The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields",
    );
  }
  if (!Object.values(pattern).every((value) => Math.abs(toNumber(value) ?? 0) === 1)) {
    throw new CommandError("BadValue", "The $sort element value must be either 1 or -1");
  }
  const fields = parseSort(pattern);
  return (array) => sortBy(array, fields, (element) => asDocument(element) ?? {});
}

function push(
  current: readonly unknown[],
  { each, position, slice, sort }: PushClauses,
): unknown[] {
  const at = position === undefined ? current.length : position;
  const start = at < 0 ? Math.max(0, current.length + at) : Math.min(at, current.length);
  const joined = [...current.slice(0, start), ...each, ...current.slice(start)];
  const sorted = sort === undefined ? joined : sort(joined);
  if (slice === undefined) return sorted;
  if (slice === 0) return [];
  return slice > 0 ? sorted.slice(0, slice) : sorted.slice(slice);
}

function parseAddToSet({ path, operand }: ModifierSite): Modifier {
  const each = addedValues(operand);
  const apply = (current: unknown): unknown => {
    if (current !== undefined && !Array.isArray(current)) {
      const message = `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeOf(current)}`;
      throw new CommandError("BadValue", message);
    }
    const result: unknown[] = [...((current as unknown[] | undefined) ?? [])];
    for (const value of each)
      if (!result.some((element) => sameValue(element, value))) result.push(value);
    return result;
  };
  return { apply, creates: true };
}

function addedValues(operand: unknown): readonly unknown[] {
  const clauses = asDocument(operand);
  if (clauses === undefined || Object.keys(clauses)[0] !== "$each") return [operand];
  if (Object.keys(clauses).length > 1)
    throw new CommandError("BadValue", "Found unexpected fields after $each in $addToSet");
  const each: unknown = clauses["$each"];
  if (Array.isArray(each)) return each;
  throw new CommandError(
    "TypeMismatch",
    `The argument to $each in $addToSet must be an array but it was of type ${typeOf(each)}`,
  );
}

function parsePop({ path, operand }: ModifierSite): Modifier {
  const side = toNumber(operand);
  if (side !== 1 && side !== -1)
    throw new CommandError("FailedToParse", `$pop expects 1 or -1, found: ${String(side)}`);
  const apply = (current: unknown): unknown => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current)) {
      throw new CommandError(
        "TypeMismatch",
        `Path '${path}' contains an element of non-array type '${typeOf(current)}'`,
      );
    }
    return side === 1 ? current.slice(0, -1) : current.slice(1);
  };
  return { apply, creates: false };
}

function parsePull({ operand }: ModifierSite): Modifier {
  return removeElements("$pull", pullTest(operand));
}

function pullTest(operand: unknown): (element: unknown) => boolean {
  if (operand instanceof BSONRegExp || isOperatorDocument(operand)) {
    const filter = parseFilter({ element: operand });
    return (element) => matchFilter(filter, { element });
  }
  const query = asDocument(operand);
  if (query === undefined) return (element) => sameValue(element, operand);
  const filter = parseFilter(query);
  return (element) => asDocument(element) !== undefined && matchFilter(filter, element);
}

function parsePullAll({ operand }: ModifierSite): Modifier {
  if (!Array.isArray(operand)) {
    throw new CommandError(
      "BadValue",
      `$pullAll requires an array argument but was given a ${typeOf(operand)}`,
    );
  }
  return removeElements("$pullAll", (element) =>
    operand.some((value) => sameValue(value, element)),
  );
}

function removeElements(
  name: "$pull" | "$pullAll",
  isRemoved: (element: unknown) => boolean,
): Modifier {
  const apply = (current: unknown): unknown => {
    if (current === undefined) return undefined;
    if (!Array.isArray(current))
      throw new CommandError("BadValue", `Cannot apply ${name} to a non-array value`);
    return current.filter((element) => !isRemoved(element));
  };
  return { apply, creates: false };
}
