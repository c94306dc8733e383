import { Decimal128, Double, Int32, Long } from "bson";

import { type BsonNumber, integer, toFraction, toNumber, toSafeInteger } from "../bson-number.ts";
import { isNumeric, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import {
  type ArithmeticOperation,
  combineNumbers,
  divideDecimals,
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
  $abs: nullable([1, 1], (value) =>
    keepType(value, { whole: (a) => (a < 0n ? -a : a), real: Math.abs }),
  ),
  $ceil: nullable([1, 1], (value) => keepType(value, { whole: (a) => a, real: Math.ceil })),
  $floor: nullable([1, 1], (value) => keepType(value, { whole: (a) => a, real: Math.floor })),
  $round: nullable([1, 2], (value, places) => roundBy(value, places, roundHalfEven)),
  $trunc: nullable([1, 2], (value, places) => roundBy(value, places, Math.trunc)),
  $sqrt: nullable([1, 1], (value) => new Double(Math.sqrt(doubleOf(value, "$sqrt")))),
};

/** Adds or multiplies numbers by MongoDB's rules of types; a result wider than 64 bits is a double. */
export function fold(operation: "add" | "multiply", operands: readonly unknown[]): unknown {
  if (operands.some(isNothing)) return null;
  let date: Date | undefined;
  let result: BsonNumber = new Int32(operation === "add" ? 0 : 1);
  for (const operand of operands) {
    if (operation === "add" && operand instanceof Date) {
      if (date !== undefined)
        throw new CommandError(16612, "only one date allowed in an $add expression");
      date = operand;
    } else {
      assertNumber(operand, operation === "add" ? "$add" : "$multiply");
      result = combine(operation, result, operand);
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

interface Rounding {
  readonly whole: (value: bigint) => bigint;
  readonly real: (value: number) => number;
}

function keepType(value: unknown, { whole, real }: Rounding): unknown {
  assertNumber(value, "the expression");
  if (value instanceof Int32) return integer(whole(BigInt(value.value)));
  if (value instanceof Long) return Long.fromBigInt(whole(value.toBigInt()));
  if (value instanceof Decimal128) {
    const { digits, exponent } = toFraction(value);
    if (exponent >= 0) return toDecimal({ digits: whole(digits), exponent });
    throw new CommandError(
      "NotImplemented",
      "rounding of decimals is not supported by this server",
    );
  }
  return new Double(real(toNumber(value) ?? 0));
}

function roundBy(value: unknown, places: unknown, round: (value: number) => number): unknown {
  const digits = places === undefined ? 0 : toSafeInteger(places);
  if (digits === undefined || digits < -20 || digits > 100)
    throw new CommandError(51082, "the places to round to must be a whole number from -20 to 100");
  if (digits < 0)
    throw new CommandError(
      "NotImplemented",
      "rounding to places below 0 is not supported by this server",
    );
  if (digits > 15) return value;
  return keepType(value, { whole: (a) => a, real: (a) => roundPlaces(a, digits, round) });
}

function roundPlaces(value: number, digits: number, round: (value: number) => number): number {
  if (!Number.isFinite(value) || digits === 0) return round(value);
  // Shifting the written form avoids the error of a multiplication.
  const shifted = round(Number(`${value}e${digits}`));
  return Number.isNaN(shifted) ? value : Number(`${shifted}e-${digits}`);
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function doubleOf(value: unknown, name: string): number {
  assertNumber(value, name);
  const number = toNumber(value) ?? 0;
  if (number < 0)
    throw new CommandError(28714, `${name}'s argument must be greater than or equal to 0`);
  return number;
}
