import { BSONRegExp, BSONSymbol } from "bson";

import { compareNumbers, toNumber } from "./bson-number.ts";
import { compareValues, sameValue } from "./bson-order.ts";
import { type BsonTypeName, TYPE_NUMBERS, isNumeric, rankOf, typeOf } from "./bson-type.ts";
import { CommandError } from "./errors.ts";
import { translateRegex } from "./regex-translate.ts";

/** A test on one value; `undefined` stands for a missing one. */
export type LeafTest = (value: unknown) => boolean;

/** The four operators that order values. */
export type RangeOperator = "$gt" | "$gte" | "$lt" | "$lte";

/** Tests for equality; null also equals a missing value. */
export function equalTo(operand: unknown): LeafTest {
  if (operand === null || operand === undefined) return isNothing;
  if (typeof operand === "string")
    return (value) => value === operand || equalSymbol(value, operand);
  return (value) => sameValue(value, operand);
}

function equalSymbol(value: unknown, operand: string): boolean {
  return value instanceof BSONSymbol && value.value === operand;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

const RANGES: Readonly<Record<RangeOperator, (order: number) => boolean>> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

/** Tests an order; only values of the operand's own type can pass, except at MinKey and MaxKey. */
export function orderedBy(operator: RangeOperator, operand: unknown): LeafTest {
  const holds = RANGES[operator];
  const inclusive = operator === "$gte" || operator === "$lte";
  const type = typeOf(operand);
  if (type === "null" || type === "missing") return (value) => inclusive && isNothing(value);
  if (type === "minKey" || type === "maxKey")
    return (value) => holds(compareValues(value, operand));
  if (isNumeric(operand))
    return (value) => isNumeric(value) && holdsForNumber(value, { operand, holds, inclusive });
  const rank = rankOf(operand);
  return (value) => rankOf(value) === rank && holds(compareValues(value, operand));
}

interface NumberOrder {
  readonly operand: unknown;
  readonly holds: (order: number) => boolean;
  readonly inclusive: boolean;
}

function holdsForNumber(value: unknown, { operand, holds, inclusive }: NumberOrder): boolean {
  const isNan = Number.isNaN(toNumber(value));
  if (isNan || Number.isNaN(toNumber(operand))) {
    return inclusive && isNan && Number.isNaN(toNumber(operand));
  }
  return holds(compareNumbers(value, operand));
}

/** Tests for membership; a regular expression in the list is a pattern. */
export function oneOf(operands: readonly unknown[]): LeafTest {
  const strings = new Set(operands.filter((operand) => typeof operand === "string"));
  const tests = operands
    .filter((operand) => typeof operand !== "string")
    .map((operand) => (operand instanceof BSONRegExp ? matchesRegex(operand) : equalTo(operand)));
  return (value) =>
    (typeof value === "string" && strings.has(value)) || tests.some((test) => test(value));
}

/** Tests strings by a pattern; the same expression as a stored value passes too. */
export function matchesRegex(regex: BSONRegExp): LeafTest {
  const translated = translateRegex(regex.pattern, regex.options);
  return (value) => {
    if (typeof value === "string") return translated.test(value);
    if (value instanceof BSONSymbol) return translated.test(value.value);
    return value instanceof BSONRegExp && sameValue(value, regex);
  };
}

/** Tests for one of the types that `$type` names. */
export function hasType(operand: unknown): LeafTest {
  const names = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typeNames));
  return (value) => names.has(typeOf(value));
}

const NUMBER_TYPES: readonly BsonTypeName[] = ["int", "long", "double", "decimal"];

function typeNames(operand: unknown): readonly BsonTypeName[] {
  if (operand === "number") return NUMBER_TYPES;
  const names = Object.keys(TYPE_NUMBERS) as Exclude<BsonTypeName, "missing">[];
  if (typeof operand === "string") {
    const name = names.find((candidate) => candidate === operand);
    if (name === undefined)
      throw new CommandError("BadValue", `Unknown type name alias: ${operand}`);
    return [name];
  }
  const code = toNumber(operand);
  if (code === undefined)
    throw new CommandError("TypeMismatch", "type must be represented as a number or a string");
  const name = names.find((candidate) => TYPE_NUMBERS[candidate] === code);
  if (name === undefined)
    throw new CommandError("BadValue", `Invalid numerical type code: ${code}`);
  return [name];
}
