import { Double, Int32 } from "bson";

import { type BsonNumber, toNumber } from "../bson-number.ts";
import { compareValues } from "../bson-order.ts";
import { isNumeric } from "../bson-type.ts";
import { assertNoDecimal, combineNumbers } from "../number-arithmetic.ts";
import { isNothing } from "./expression-type.ts";

/** Takes values one by one and combines them. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

/** The accumulators by name; each call starts a new one. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: sum,
  $min: least,
};

// Whole numbers are added exactly; doubles with a separate rounding error (Neumaier).
function sum(): Accumulator {
  let whole: BsonNumber = new Int32(0);
  let real = 0;
  let lost = 0;
  let hasReal = false;
  return {
    add(value) {
      if (!isNumeric(value)) return;
      assertNoDecimal(value);
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
      return new Double(reals + (toNumber(whole) ?? 0));
    },
  };
}

function least(): Accumulator {
  let found: unknown;
  return {
    add(value) {
      if (isNothing(value)) return;
      if (found === undefined || compareValues(value, found) < 0) found = value;
    },
    result: () => (found === undefined ? null : found),
  };
}
