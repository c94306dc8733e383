import { Decimal128, Double, Int32, Long } from "bson";

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
import {
  type ArithmeticOperation,
  combineNumbers,
  divideDecimals,
  exactDecimal,
  toDecimal,
} from "../number-arithmetic.ts";
import { type ParseOperator, isNothing, nullable, operator } from "./expression-type.ts";

const ANY_COUNT = [0, Infinity] as const;

/** The operators of arithmetic; dates can be added to and subtracted. */
export const ARITHMETIC_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $add: operator(ANY_COUNT, (...operands) => fold("add", operands)),
  $multiply: operator(ANY_COUNT, (...operands) => fold("multiply", operands)),
  $subtract: nullable([2, 2], subtract),
  $divide: nullable([2, 2], divide),
  $mod: nullable([2, 2], modulo),
  $abs: nullable([1, 1], absolute),
  $ceil: nullable([1, 1], (value) => roundPlaces(value, undefined, "ceil")),
  $floor: nullable([1, 1], (value) => roundPlaces(value, undefined, "floor")),
  $round: nullable([1, 2], (value, places) => roundPlaces(value, places, "halfEven")),
  $trunc: nullable([1, 2], (value, places) => roundPlaces(value, places, "trunc")),
  $sqrt: nullable([1, 1], (value) => new Double(Math.sqrt(doubleOf(value, "$sqrt")))),
};

/** Adds or multiplies numbers by MongoDB's rules of types; a result wider than 64 bits is a double. */
export function fold(operation: "add" | "multiply", operands: readonly unknown[]): unknown {
  if (operands.some(isNothing)) return null;
  const isExact = operation === "add" && operands.some((operand) => operand instanceof Decimal128);
  let date: Date | undefined;
  let result: BsonNumber = new Int32(operation === "add" ? 0 : 1);
  for (const operand of operands) {
    if (operation === "add" && operand instanceof Date) {
      if (date !== undefined)
        throw new CommandError(16612, "only one date allowed in an $add expression");
      date = operand;
    } else {
      assertNumber(operand, operation === "add" ? "$add" : "$multiply");
      result = combine(operation, result, isExact ? exactDecimal(operand) : operand);
    }
  }
  return date === undefined ? result : new Date(date.getTime() + Math.round(toNumber(result) ?? 0));
}

/** Combines two numbers; a whole result wider than 64 bits becomes a double. */
export function combine(operation: ArithmeticOperation, left: unknown, right: unknown): BsonNumber {
  const result = combineNumbers(operation, left, right);
  return (
    result ?? (combineNumbers(operation, new Double(toNumber(left) ?? 0), right) as BsonNumber)
  );
}

function assertNumber(value: unknown, name: string): void {
  if (isNumeric(value)) return;
  throw new CommandError(
    "TypeMismatch",
    `${name} only supports numeric or date types, not ${typeOf(value)}`,
  );
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
  if (left instanceof Decimal128 || right instanceof Decimal128) return divideDecimals(left, right);
  return new Double((toNumber(left) ?? 0) / (toNumber(right) ?? 1));
}

function modulo(left: unknown, right: unknown): unknown {
  assertNumber(left, "$mod");
  assertNumber(right, "$mod");
  if (toNumber(right) === 0) throw new CommandError(16610, "can't $mod by zero");
  if (left instanceof Decimal128 || right instanceof Decimal128) {
    throw new CommandError("NotImplemented", "$mod of decimals is not supported by this server");
  }
  if (left instanceof Double || right instanceof Double)
    return new Double((toNumber(left) ?? 0) % (toNumber(right) ?? 1));
  const result = toFraction(left).digits % toFraction(right).digits;
  return left instanceof Int32 && right instanceof Int32
    ? integer(result)
    : Long.fromBigInt(result);
}

type RoundingMode = "ceil" | "floor" | "halfEven" | "trunc";

function absolute(value: unknown): unknown {
  assertNumber(value, "$abs");
  return (toNumber(value) ?? 0) < 0 ? combine("multiply", new Int32(-1), value) : value;
}

function roundPlaces(value: unknown, places: unknown, mode: RoundingMode): unknown {
  assertNumber(value, "the expression");
  const digits = places === undefined ? 0 : toSafeInteger(places);
  if (digits === undefined || digits < -20 || digits > 100) {
    throw new CommandError(51082, "the places to round to must be a whole number from -20 to 100");
  }
  if (!Number.isFinite(toNumber(value))) return value;
  // The exact value is rounded, so that 2.675, which is a little less, becomes 2.67.
  const rounded = quantize(toFraction(value), -digits, mode);
  if (value instanceof Double) return new Double(Number(`${rounded.digits}e${rounded.exponent}`));
  if (value instanceof Decimal128) return toDecimal(rounded);
  const whole =
    rounded.exponent >= 0
      ? rounded.digits * 10n ** BigInt(rounded.exponent)
      : toFraction(value).digits;
  return value instanceof Int32 ? integer(whole) : Long.fromBigInt(whole);
}

function quantize(fraction: Fraction, exponent: number, mode: RoundingMode): Fraction {
  if (fraction.exponent >= exponent) return fraction;
  const unit = 10n ** BigInt(exponent - fraction.exponent);
  const rest = ((fraction.digits % unit) + unit) % unit;
  const floor = (fraction.digits - rest) / unit;
  return { digits: floor + (roundsUp({ floor, rest, unit }, mode) ? 1n : 0n), exponent };
}

function roundsUp(
  { floor, rest, unit }: { floor: bigint; rest: bigint; unit: bigint },
  mode: RoundingMode,
): boolean {
  if (rest === 0n || mode === "floor") return false;
  if (mode === "ceil") return true;
  if (mode === "trunc") return floor < 0n;
  return rest * 2n > unit || (rest * 2n === unit && floor % 2n !== 0n);
}

function doubleOf(value: unknown, name: string): number {
  assertNumber(value, name);
  const number = toNumber(value) ?? 0;
  if (number < 0)
    throw new CommandError(28714, `${name}'s argument must be greater than or equal to 0`);
  return number;
}
