import { Decimal128, Double, Int32, Long } from "bson";

import { type BsonNumber, integer, toFraction, toNumber } from "./bson-number.ts";
import { unsupported } from "./errors.ts";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** The operations that follow MongoDB's rules for the type of a result. */
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

/** Combines two numbers. `undefined` if the result of whole numbers is wider than 64 bits; refuses decimals. */
export function combineNumbers(
  operation: ArithmeticOperation,
  left: unknown,
  right: unknown,
): BsonNumber | undefined {
  assertNoDecimal(left, right);
  if (!isWhole(left) || !isWhole(right)) {
    const [a, b] = [toNumber(left) ?? Number.NaN, toNumber(right) ?? Number.NaN];
    return new Double(ON_DOUBLES[operation](a, b));
  }
  const result = ON_BIGINTS[operation](toFraction(left).digits, toFraction(right).digits);
  if (result < INT64_MIN || result > INT64_MAX) return undefined;
  return left instanceof Int32 && right instanceof Int32
    ? integer(result)
    : Long.fromBigInt(result);
}

/** Refuses decimals: they are stored and compared, but this server does not calculate with them. */
export function assertNoDecimal(...values: readonly unknown[]): void {
  if (values.some((value) => value instanceof Decimal128))
    throw unsupported("arithmetic with decimals");
}

function isWhole(value: unknown): boolean {
  return value instanceof Int32 || value instanceof Long;
}
