import { Decimal128, Double, Int32, Long } from "bson";

import { type BsonNumber, type Fraction, integer, toFraction, toNumber } from "./bson-number.ts";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** The operations that keep to MongoDB's rules of which type a result has. */
export type ArithmeticOperation = "add" | "subtract" | "multiply";

const ON_BIGINTS: Readonly<Record<ArithmeticOperation, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

const ON_DOUBLES: Readonly<Record<ArithmeticOperation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
};

/** Combines two numbers; `undefined` if the result of whole numbers is wider than 64 bits. */
export function combineNumbers(
  operation: ArithmeticOperation,
  left: unknown,
  right: unknown,
): BsonNumber | undefined {
  if (left instanceof Decimal128 || right instanceof Decimal128)
    return combineDecimals(operation, left, right);
  const a = toNumber(left) ?? Number.NaN;
  const b = toNumber(right) ?? Number.NaN;
  if (!isWhole(left) || !isWhole(right)) return new Double(ON_DOUBLES[operation](a, b));
  const result = ON_BIGINTS[operation](toFraction(left).digits, toFraction(right).digits);
  if (result < INT64_MIN || result > INT64_MAX) return undefined;
  return left instanceof Int32 && right instanceof Int32
    ? integer(result)
    : Long.fromBigInt(result);
}

function isWhole(value: unknown): boolean {
  return value instanceof Int32 || value instanceof Long;
}

function combineDecimals(
  operation: ArithmeticOperation,
  left: unknown,
  right: unknown,
): Decimal128 {
  const a = toNumber(left) ?? Number.NaN;
  const b = toNumber(right) ?? Number.NaN;
  if (!isFiniteNumber(left) || !isFiniteNumber(right))
    return Decimal128.fromString(String(ON_DOUBLES[operation](a, b)));
  return toDecimal(combineFractions(operation, decimalFraction(left), decimalFraction(right)));
}

function isFiniteNumber(value: unknown): boolean {
  if (value instanceof Decimal128) return /\d/.test(value.toString());
  return Number.isFinite(toNumber(value));
}

// MongoDB reads a double as a decimal of 15 digits.
function decimalFraction(value: unknown): Fraction {
  if (!(value instanceof Double) || value.value === 0) return toFraction(value);
  return toFraction(Decimal128.fromString(value.value.toPrecision(15)));
}

function combineFractions(
  operation: ArithmeticOperation,
  left: Fraction,
  right: Fraction,
): Fraction {
  if (operation === "multiply") {
    return { digits: left.digits * right.digits, exponent: left.exponent + right.exponent };
  }
  const exponent = Math.min(left.exponent, right.exponent);
  const a = left.digits * 10n ** BigInt(left.exponent - exponent);
  const b = right.digits * 10n ** BigInt(right.exponent - exponent);
  return { digits: ON_BIGINTS[operation](a, b), exponent };
}

/** Returns a double as the decimal that it is exactly, as MongoDB adds it up; other values as they are. */
export function exactDecimal(value: unknown): unknown {
  return value instanceof Double && Number.isFinite(value.value)
    ? toDecimal(toFraction(value))
    : value;
}

const DECIMAL_DIGITS = 34;

/** Divides two numbers, of which one at least is a decimal, to 34 digits. */
export function divideDecimals(left: unknown, right: unknown): Decimal128 {
  if (!isFiniteNumber(left) || !isFiniteNumber(right)) {
    return Decimal128.fromString(
      String((toNumber(left) ?? Number.NaN) / (toNumber(right) ?? Number.NaN)),
    );
  }
  const a = decimalFraction(left);
  const b = decimalFraction(right);
  const preferred = a.exponent - b.exponent;
  const shift = DECIMAL_DIGITS + 2 + String(b.digits).length;
  const scaled = a.digits * 10n ** BigInt(shift);
  let digits = scaled / b.digits;
  let exponent = preferred - shift;
  // A rest that is cut off must not look like an exact half when the result is rounded.
  if (digits * b.digits !== scaled) {
    digits = digits * 10n + (digits < 0n ? -1n : 1n);
    exponent -= 1;
  }
  while (exponent < preferred && digits % 10n === 0n) {
    digits /= 10n;
    exponent += 1;
  }
  return toDecimal({ digits, exponent });
}

/** Returns an exact number as a decimal, rounded to its 34 digits. */
export function toDecimal({ digits, exponent }: Fraction): Decimal128 {
  return Decimal128.fromStringWithRounding(`${digits}E${exponent}`);
}
