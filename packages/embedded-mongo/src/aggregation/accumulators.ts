import { Decimal128, Double, Int32 } from "bson";

import { type BsonNumber, toNumber } from "../bson-number.ts";
import { compareValues } from "../bson-order.ts";
import { isNumeric } from "../bson-type.ts";
import { combineNumbers, divideDecimals, exactDecimal } from "../number-arithmetic.ts";
import { valueKey } from "../value-key.ts";
import { isNothing } from "./expression-type.ts";
import { mergeObjects } from "./object-operators.ts";

/** Takes values one by one and makes one of them. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

/** The accumulators by name; each call starts a new one. */
export const ACCUMULATORS = {
  $sum: () => sum(),
  $avg: () => average(),
  $min: () => extreme(1),
  $max: () => extreme(-1),
  $first: () => first(),
  $last: () => last(),
  $push: () => push(),
  $addToSet: () => addToSet(),
  $mergeObjects: () => merge(),
} satisfies Record<string, () => Accumulator>;

// Whole numbers are added exactly; doubles with the rounding error kept beside (Neumaier).
function sum(): Accumulator & { readonly count: number } {
  let whole: BsonNumber = new Int32(0);
  let real = 0;
  let lost = 0;
  let hasReal = false;
  let count = 0;
  return {
    get count() {
      return count;
    },
    add(value) {
      if (!isNumeric(value)) return;
      count += 1;
      if (value instanceof Double) {
        hasReal = true;
        const total = real + value.value;
        lost +=
          Math.abs(real) >= Math.abs(value.value)
            ? real - total + value.value
            : value.value - total + real;
        real = total;
        return;
      }
      const total = combineNumbers("add", whole, value);
      if (total !== undefined) {
        whole = total;
        return;
      }
      hasReal = true;
      real += toNumber(whole) ?? 0;
      whole = value as BsonNumber;
    },
    result() {
      if (!hasReal) return whole;
      const reals = Number.isFinite(lost) ? real + lost : real;
      return whole instanceof Decimal128
        ? combineNumbers("add", whole, exactDecimal(new Double(reals)))
        : new Double(reals + (toNumber(whole) ?? 0));
    },
  };
}

function average(): Accumulator {
  const total = sum();
  return {
    add: (value) => total.add(value),
    result() {
      if (total.count === 0) return null;
      const value = total.result();
      if (value instanceof Decimal128) return divideDecimals(value, new Int32(total.count));
      return new Double((toNumber(value) ?? 0) / total.count);
    },
  };
}

function extreme(sign: 1 | -1): Accumulator {
  let found: unknown;
  return {
    add(value) {
      if (isNothing(value)) return;
      if (found === undefined || compareValues(value, found) * sign < 0) found = value;
    },
    result: () => (found === undefined ? null : found),
  };
}

function first(): Accumulator {
  let found: unknown;
  let isSet = false;
  return {
    add(value) {
      if (!isSet) found = value;
      isSet = true;
    },
    result: () => (found === undefined ? null : found),
  };
}

function last(): Accumulator {
  let found: unknown;
  return { add: (value) => (found = value), result: () => (found === undefined ? null : found) };
}

function push(): Accumulator {
  const values: unknown[] = [];
  return {
    add(value) {
      if (value !== undefined) values.push(value);
    },
    result: () => values,
  };
}

function addToSet(): Accumulator {
  const values = new Map<string, unknown>();
  return {
    add(value) {
      const key = valueKey(value);
      if (value !== undefined && !values.has(key)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
}

function merge(): Accumulator {
  const documents: unknown[] = [];
  return { add: (value) => documents.push(value), result: () => mergeObjects(documents) };
}
