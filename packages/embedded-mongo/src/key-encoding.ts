import type { BSONRegExp, BSONSymbol, Binary, Code, Document, ObjectId, Timestamp } from "bson";
import { Decimal128, Long } from "bson";

import { type Fraction, toFraction, toNumber } from "./bson-number.ts";
import { TypeEdge } from "./bson-order.ts";
import { TYPE_RANKS, asDocument, rankOf } from "./bson-type.ts";
import { KeyWriter } from "./key-writer.ts";

/** Ends a list of fields or elements; below the byte of every type. */
const END = 0;
const FIRST_TYPE_BYTE = 0x10;
/** Leaves room for the edges before and after a type. */
const TYPE_STEP = 4;

/** The first byte of a value by its rank in MongoDB's order of types. */
const TYPE_BYTES = new Map(
  [...new Set(Object.values(TYPE_RANKS))]
    .toSorted((a, b) => a - b)
    .map((rank, position) => [rank, FIRST_TYPE_BYTE + position * TYPE_STEP]),
);

const writer = new KeyWriter();

/**
 * Encodes values one after the other, so that the order of the bytes is MongoDB's order of the values; a field with
 * direction -1 is inverted. No encoding is the beginning of another one, and none begins with 255.
 */
export function encodeKey(values: readonly unknown[], directions: readonly number[]): Buffer {
  for (const [position, value] of values.entries()) {
    const from = writer.length;
    writeValue(value);
    if (directions[position] === -1) writer.invertFrom(from);
  }
  return writer.take();
}

function typeByte(rank: number): number {
  return TYPE_BYTES.get(rank) as number;
}

function writeValue(value: unknown): void {
  if (value instanceof TypeEdge) {
    writer.byte(typeByte(value.rank) + value.side);
    return;
  }
  const rank = rankOf(value);
  writer.byte(typeByte(rank));
  WRITE_BY_RANK[rank]?.(value);
}

const WRITE_BY_RANK: Readonly<Record<number, (value: unknown) => void>> = {
  [TYPE_RANKS.int]: writeNumber,
  [TYPE_RANKS.string]: (value) =>
    writer.text(typeof value === "string" ? value : (value as BSONSymbol).value),
  [TYPE_RANKS.object]: (value) => writeDocument(asDocument(value) ?? {}),
  [TYPE_RANKS.array]: (value) => {
    for (const element of value as readonly unknown[]) writeValue(element);
    writer.byte(END);
  },
  [TYPE_RANKS.binData]: (value) => {
    const binary = value as Binary;
    writer.uint32(binary.length());
    writer.byte(binary.sub_type);
    writer.raw(binary.value());
  },
  [TYPE_RANKS.objectId]: (value) => writer.raw((value as ObjectId).id),
  [TYPE_RANKS.bool]: (value) => writer.byte(Number(value)),
  [TYPE_RANKS.date]: (value) => writer.double((value as Date).getTime()),
  [TYPE_RANKS.timestamp]: (value) => {
    const { high, low } = value as Timestamp;
    writer.uint32(high >>> 0);
    writer.uint32(low >>> 0);
  },
  [TYPE_RANKS.regex]: (value) => {
    writer.text((value as BSONRegExp).pattern);
    writer.text((value as BSONRegExp).options);
  },
  [TYPE_RANKS.javascript]: (value) => writer.text((value as Code).code),
  [TYPE_RANKS.javascriptWithScope]: (value) => {
    writer.text((value as Code).code);
    writeDocument((value as Code).scope ?? {});
  },
};

// Fields are compared by type, then name, then value.
function writeDocument(document: Document): void {
  for (const [name, value] of Object.entries(document)) {
    writer.byte(typeByte(rankOf(value)));
    writer.text(name);
    writeValue(value);
  }
  writer.byte(END);
}

const REST = { below: 1, none: 2, above: 3 };

// The nearest double, then what is left of a number that it does not hold exactly.
function writeNumber(value: unknown): void {
  const nearest = toNumber(value) ?? Number.NaN;
  writer.double(nearest);
  const rest = isWide(value) && Number.isFinite(nearest) ? restOf(value, nearest) : NO_REST;
  if (rest.digits === 0n) {
    writer.byte(REST.none);
    return;
  }
  writer.byte(rest.digits < 0n ? REST.below : REST.above);
  const from = writer.length;
  writeFraction(rest);
  if (rest.digits < 0n) writer.invertFrom(from);
}

const NO_REST: Fraction = { digits: 0n, exponent: 0 };

function isWide(value: unknown): boolean {
  return (
    value instanceof Decimal128 ||
    (value instanceof Long && !Number.isSafeInteger(value.toNumber()))
  );
}

function restOf(value: unknown, nearest: number): Fraction {
  const exact = toFraction(value);
  const rounded = toFraction(nearest);
  const exponent = Math.min(exact.exponent, rounded.exponent);
  const scaled = (one: Fraction): bigint => one.digits * 10n ** BigInt(one.exponent - exponent);
  return { digits: scaled(exact) - scaled(rounded), exponent };
}

// The place of the first digit, then the digits without zeros at the end.
function writeFraction({ digits, exponent }: Fraction): void {
  const text = String(digits < 0n ? -digits : digits);
  writer.uint32(exponent + text.length + 2 ** 31);
  writer.text(text.replace(/0+$/, ""));
}
