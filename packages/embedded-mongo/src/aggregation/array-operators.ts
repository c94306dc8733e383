import { Int32 } from "bson";

import { integer, toSafeInteger } from "../bson-number.ts";
import { compareValues, sameValue } from "../bson-order.ts";
import { typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { ACCUMULATORS } from "./accumulators.ts";
import { type ParseOperator, isNothing, isTrue, nullable, operator } from "./expression-type.ts";

/** The operators of arrays. */
export const ARRAY_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $size: operator([1, 1], (value) => new Int32(arrayOf(value, 17124, "$size").length)),
  $isArray: operator([1, 1], Array.isArray),
  $arrayElemAt: nullable([2, 2], (array, index) => elementAt(array, index)),
  $first: nullable([1, 1], (array) => arrayOf(array, 28689, "$first")[0]),
  $last: nullable([1, 1], (array) => arrayOf(array, 28689, "$last").at(-1)),
  $in: operator([2, 2], (value, array) =>
    arrayOf(array, 40081, "$in").some((element) => sameValue(element, value)),
  ),
  $concatArrays: nullable([0, Infinity], (...arrays) =>
    arrays.flatMap((array) => arrayOf(array, 28664, "$concatArrays")),
  ),
  $slice: nullable([2, 3], slice),
  $reverseArray: nullable([1, 1], (array) => arrayOf(array, 34435, "$reverseArray").toReversed()),
  $indexOfArray: operator([2, 2], (array, value) =>
    isNothing(array)
      ? null
      : new Int32(
          arrayOf(array, 40090, "$indexOfArray").findIndex((element) => sameValue(element, value)),
        ),
  ),
  $range: operator([2, 3], range),
  $setUnion: nullable([0, Infinity], (...arrays) =>
    unique(arrays.flatMap((array) => arrayOf(array, 17043, "$setUnion"))),
  ),
  $setIntersection: nullable([0, Infinity], intersection),
  $setDifference: nullable([2, 2], (left, right) => {
    const removed = arrayOf(right, 17049, "$setDifference");
    return unique(
      arrayOf(left, 17048, "$setDifference").filter((element) => !includes(removed, element)),
    );
  }),
  $setIsSubset: operator([2, 2], (left, right) => {
    const whole = arrayOf(right, 17042, "$setIsSubset");
    return arrayOf(left, 17046, "$setIsSubset").every((element) => includes(whole, element));
  }),
  $setEquals: operator([2, 2], (left, right) => {
    const [a, b] = [arrayOf(left, 17044, "$setEquals"), arrayOf(right, 17044, "$setEquals")];
    return a.every((element) => includes(b, element)) && b.every((element) => includes(a, element));
  }),
  $anyElementTrue: operator([1, 1], (array) =>
    arrayOf(array, 17041, "$anyElementTrue").some(isTrue),
  ),
  $allElementsTrue: operator([1, 1], (array) =>
    arrayOf(array, 17040, "$allElementsTrue").every(isTrue),
  ),
  $sum: accumulated("$sum"),
  $avg: accumulated("$avg"),
  $min: accumulated("$min"),
  $max: accumulated("$max"),
};

function arrayOf(value: unknown, code: number, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new CommandError(
    code,
    `The argument to ${name} must be an array, but was of type: ${typeOf(value)}`,
  );
}

function wholeOf(value: unknown, code: number, name: string): number {
  const number = toSafeInteger(value);
  if (number === undefined)
    throw new CommandError(code, `${name} requires a whole number, found ${typeOf(value)}`);
  return number;
}

function elementAt(array: unknown, index: unknown): unknown {
  return arrayOf(array, 28689, "$arrayElemAt").at(wholeOf(index, 28690, "$arrayElemAt"));
}

function slice(array: unknown, second: unknown, third?: unknown): unknown[] {
  const elements = arrayOf(array, 28724, "$slice");
  const first = wholeOf(second, 28725, "$slice");
  if (third === undefined) return first < 0 ? elements.slice(first) : elements.slice(0, first);
  const count = wholeOf(third, 28727, "$slice");
  if (count <= 0) throw new CommandError(28729, "Third argument to $slice must be positive");
  const start = first < 0 ? Math.max(0, elements.length + first) : first;
  return elements.slice(start, start + count);
}

const MAX_RANGE = 1_000_000;

function range(start: unknown, end: unknown, step?: unknown): unknown[] {
  const from = wholeOf(start, 34443, "$range");
  const to = wholeOf(end, 34444, "$range");
  const by = step === undefined ? 1 : wholeOf(step, 34446, "$range");
  if (by === 0) throw new CommandError(34449, "$range requires a non-zero step value");
  const count = Math.max(0, Math.ceil((to - from) / by));
  if (count > MAX_RANGE)
    throw new CommandError(
      "BadValue",
      `$range of more than ${MAX_RANGE} elements is not supported by this server`,
    );
  return Array.from({ length: count }, (_, index) => integer(from + index * by));
}

function includes(array: readonly unknown[], value: unknown): boolean {
  return array.some((element) => sameValue(element, value));
}

function unique(values: readonly unknown[]): unknown[] {
  const sorted = values.toSorted(compareValues);
  return sorted.filter((value, index) => index === 0 || !sameValue(sorted[index - 1], value));
}

function intersection(...arrays: unknown[]): unknown[] {
  const [first = [], ...rest] = arrays.map((array) => arrayOf(array, 17047, "$setIntersection"));
  return unique(first.filter((element) => rest.every((array) => includes(array, element))));
}

function accumulated(name: "$sum" | "$avg" | "$min" | "$max"): ParseOperator {
  return operator([0, Infinity], (...operands) => {
    const values =
      operands.length === 1 && Array.isArray(operands[0]) ? (operands[0] as unknown[]) : operands;
    const accumulator = ACCUMULATORS[name]();
    for (const value of values) accumulator.add(value);
    return accumulator.result();
  });
}
