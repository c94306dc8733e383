import { Double, Int32, Long } from "bson";

import {
  type BsonNumber,
  type Fraction,
  integer,
  toFraction,
  toNumber,
  toSafeInteger,
} from "../bson-number.ts";
import { isNumeric, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { type ArithmeticOperation, assertNoDecimal, combineNumbers } from "../number-arithmetic.ts";
import { ACCUMULATORS } from "./accumulators.ts";
import { type ParseOperator, isNothing, nullable, operator } from "./expression-type.ts";

/** The operators of arithmetic; dates can be subtracted. */
export const NUMBER_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $multiply: operator([0, Infinity], multiply),
  $subtract: nullable([2, 2], subtract),
  $divide: nullable([2, 2], divide),
  $floor: nullable([1, 1], (value) => round(value, undefined, "floor")),
  $sum: operator([0, Infinity], (...values) => total(values)),
  $round: nullable([1, 2], (value, places) => round(value, places, "halfEven")),
};

// A list that is the only operand stands for its elements. What is no number counts nothing.
function total(operands: readonly unknown[]): unknown {
  const [only] = operands;
  const values = operands.length === 1 && Array.isArray(only) ? only : operands;
  const sum = ACCUMULATORS["$sum"]!();
  for (const value of values) sum.add(value);
  return sum.result();
}

function multiply(...operands: readonly unknown[]): unknown {
  if (operands.some(isNothing)) return null;
  return operands.reduce<BsonNumber>((result, operand) => {
    assertNumber(operand, "$multiply");
    return combine("multiply", result, operand);
  }, new Int32(1));
}

// A whole result wider than 64 bits becomes a double.
function combine(operation: ArithmeticOperation, left: unknown, right: unknown): BsonNumber {
  const result = combineNumbers(operation, left, right);
  return (
    result ?? (combineNumbers(operation, new Double(toNumber(left) ?? 0), right) as BsonNumber)
  );
}

function assertNumber(value: unknown, name: string): void {
  if (!isNumeric(value))
    throw new CommandError(
      "TypeMismatch",
      `${name} only supports numeric or date types, not ${typeOf(value)}`,
    );
  assertNoDecimal(value);
}

function subtract(left: unknown, right: unknown): unknown {
  if (left instanceof Date && right instanceof Date)
    return Long.fromNumber(left.getTime() - right.getTime());
  if (left instanceof Date && isNumeric(right))
    return new Date(left.getTime() - Math.round(toNumber(right) ?? 0));
  assertNumber(left, "$subtract");
  assertNumber(right, "$subtract");
  return combine("subtract", left, right);
}

function divide(left: unknown, right: unknown): unknown {
  assertNumber(left, "$divide");
  assertNumber(right, "$divide");
  if (toNumber(right) === 0) throw new CommandError("BadValue", "can't $divide by zero");
  return new Double((toNumber(left) ?? 0) / (toNumber(right) ?? 1));
}

type RoundingMode = "floor" | "halfEven";

function round(value: unknown, places: unknown, mode: RoundingMode): unknown {
  assertNumber(value, mode === "floor" ? "$floor" : "$round");
  const digits = places === undefined ? 0 : toSafeInteger(places);
  if (digits === undefined || digits < -20 || digits > 100) {
    throw new CommandError(51082, "the places to round to must be a whole number from -20 to 100");
  }
  if (!Number.isFinite(toNumber(value))) return value;
  // The exact value is rounded: 2.675, which is stored as a little less, becomes 2.67.
  const exact = toFraction(value);
  const rounded = quantize(exact, -digits, mode);
  if (value instanceof Double) return new Double(Number(`${rounded.digits}e${rounded.exponent}`));
  const whole =
    rounded.exponent >= 0 ? rounded.digits * 10n ** BigInt(rounded.exponent) : exact.digits;
  return value instanceof Int32 ? integer(whole) : Long.fromBigInt(whole);
}

function quantize(fraction: Fraction, exponent: number, mode: RoundingMode): Fraction {
  if (fraction.exponent >= exponent) return fraction;
  const unit = 10n ** BigInt(exponent - fraction.exponent);
  const rest = ((fraction.digits % unit) + unit) % unit;
  const floor = (fraction.digits - rest) / unit;
  const isUp =
    mode === "halfEven" && (rest * 2n > unit || (rest * 2n === unit && floor % 2n !== 0n));
  return { digits: floor + (isUp ? 1n : 0n), exponent };
}
