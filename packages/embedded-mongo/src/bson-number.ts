import { Decimal128, Double, Int32, Long } from "bson";

/** One of the four kinds of number that a document can hold. */
export type BsonNumber = Int32 | Double | Long | Decimal128;

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** Returns the nearest JavaScript number, or `undefined` if the value is no number. */
export function toNumber(value: unknown): number | undefined {
  if (value instanceof Int32 || value instanceof Double) return value.value;
  if (value instanceof Long) return value.toNumber();
  if (value instanceof Decimal128) return Number(value.toString());
  return typeof value === "number" ? value : undefined;
}

/** Compares two numbers of any kind exactly; NaN is below every other number. */
export function compareNumbers(left: unknown, right: unknown): number {
  if (left instanceof Int32 && right instanceof Int32) return left.value - right.value;
  if (left instanceof Long && right instanceof Long) return left.compare(right);
  const a = toNumber(left) ?? Number.NaN;
  const b = toNumber(right) ?? Number.NaN;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  if (a < b) return -1;
  if (a > b) return 1;
  if (!isWide(left) && !isWide(right)) return 0;
  if (!Number.isFinite(a)) return 0;
  return compareFractions(toFraction(left), toFraction(right));
}

// Only these two hold values that a JavaScript number rounds.
function isWide(value: unknown): boolean {
  return value instanceof Long || value instanceof Decimal128;
}

/** A number as `digits × 10^exponent`. */
export interface Fraction {
  readonly digits: bigint;
  readonly exponent: number;
}

/** Returns a finite number exactly. */
export function toFraction(value: unknown): Fraction {
  if (value instanceof Long) return { digits: value.toBigInt(), exponent: 0 };
  if (value instanceof Decimal128) return parseDecimal(value.toString());
  return exactDouble(toNumber(value) ?? 0);
}

function parseDecimal(text: string): Fraction {
  const [mantissa = "0", power = "0"] = text.toUpperCase().split("E");
  const [whole = "0", part = ""] = mantissa.split(".");
  return { digits: BigInt(whole + part), exponent: Number(power) - part.length };
}

function exactDouble(value: number): Fraction {
  if (Number.isInteger(value)) return { digits: BigInt(value), exponent: 0 };
  let digits = value;
  let halvings = 0;
  while (!Number.isInteger(digits)) {
    digits *= 2;
    halvings += 1;
  }
  return { digits: BigInt(digits) * 5n ** BigInt(halvings), exponent: -halvings };
}

/** Compares two exact numbers. */
export function compareFractions(left: Fraction, right: Fraction): number {
  const exponent = Math.min(left.exponent, right.exponent);
  const a = left.digits * 10n ** BigInt(left.exponent - exponent);
  const b = right.digits * 10n ** BigInt(right.exponent - exponent);
  return a < b ? -1 : Number(a > b);
}

/** Wraps an integer as int if it fits, else as long. */
export function integer(value: bigint | number): Int32 | Long {
  const wide = BigInt(value);
  if (wide >= INT32_MIN && wide <= INT32_MAX) return new Int32(Number(wide));
  return Long.fromBigInt(wide);
}

/** Returns an integral number of any kind as a safe JavaScript integer, or `undefined`. */
export function toSafeInteger(value: unknown): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}
