import { Decimal128, Double, Int32, Long, ObjectId } from "bson";

import { toFraction, toNumber } from "../bson-number.ts";
import { isNumeric, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { type ParseOperator, nullable, operator } from "./expression-type.ts";

/** The operators that tell or change a value's type. */
export const CONVERSION_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $type: operator([1, 1], typeOf),
  $isNumber: operator([1, 1], isNumeric),
  $toString: nullable([1, 1], toText),
  $toBool: nullable([1, 1], (value) =>
    isNumeric(value) ? toNumber(value) !== 0 : value !== false,
  ),
  $toInt: nullable(
    [1, 1],
    (value) => new Int32(Number(toWhole(value, { type: "int", bits: 32n }))),
  ),
  $toLong: nullable([1, 1], (value) =>
    Long.fromBigInt(toWhole(value, { type: "long", bits: 64n })),
  ),
  $toDouble: nullable([1, 1], toDouble),
  $toDecimal: nullable([1, 1], (value) => Decimal128.fromStringWithRounding(toText(value))),
  $toDate: nullable([1, 1], toDate),
  $toObjectId: nullable([1, 1], toObjectId),
};

function failure(value: unknown, target: string): CommandError {
  return new CommandError(
    "ConversionFailure",
    `Failed to convert a value of type ${typeOf(value)} to ${target} in $convert with no onError value`,
  );
}

/** Writes a value as text, as `$toString` does. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Decimal128 || value instanceof Long) return value.toString();
  if (isNumeric(value)) return numberText(toNumber(value) ?? 0);
  throw failure(value, "string");
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return String(value);
}

function toWhole(value: unknown, { type, bits }: { type: string; bits: bigint }): bigint {
  const whole = wholePart(value, type);
  if (whole >= -(2n ** (bits - 1n)) && whole < 2n ** (bits - 1n)) return whole;
  throw failure(value, type);
}

function wholePart(value: unknown, type: string): bigint {
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (value instanceof Date && type === "long") return BigInt(value.getTime());
  if (typeof value === "string") {
    if (!/^[+-]?\d+$/.test(value)) throw failure(value, type);
    return BigInt(value.replace(/^\+/, ""));
  }
  if (!isNumeric(value) || !Number.isFinite(toNumber(value))) throw failure(value, type);
  const { digits, exponent } = toFraction(value);
  return exponent >= 0 ? digits * 10n ** BigInt(exponent) : digits / 10n ** BigInt(-exponent);
}

function toDouble(value: unknown): Double {
  if (isNumeric(value)) return new Double(toNumber(value) ?? 0);
  if (typeof value === "boolean") return new Double(Number(value));
  if (value instanceof Date) return new Double(value.getTime());
  if (typeof value === "string" && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value))
    return new Double(Number(value));
  throw failure(value, "double");
}

function toDate(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (isNumeric(value) && !(value instanceof Int32))
    return new Date(Math.trunc(toNumber(value) ?? Number.NaN));
  const isIso =
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(value);
  if (!isIso) throw failure(value, "date");
  // A time without a zone is UTC in MongoDB and local in JavaScript.
  const zoned =
    /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(value) || !value.includes("T") ? value : `${value}Z`;
  const date = new Date(zoned);
  if (Number.isNaN(date.getTime())) throw failure(value, "date");
  return date;
}

function toObjectId(value: unknown): ObjectId {
  if (value instanceof ObjectId) return value;
  if (typeof value === "string" && /^[0-9a-fA-F]{24}$/.test(value))
    return ObjectId.createFromHexString(value);
  throw failure(value, "objectId");
}
