import {
  type BSONRegExp,
  type Binary,
  type Code,
  type Document,
  Long,
  type ObjectId,
  type Timestamp,
} from "bson";

import { compareNumbers } from "./bson-number.ts";
import { TYPE_RANKS, asDocument, rankOf } from "./bson-type.ts";

/** Stands before (-1) or after (1) all values of one type; used as the end of an index range. */
export class TypeEdge {
  readonly rank: number;
  readonly side: -1 | 1;

  constructor(rank: number, side: -1 | 1) {
    this.rank = rank;
    this.side = side;
  }
}

/** Compares two values as MongoDB sorts them: first by type, then by value. */
export function compareValues(left: unknown, right: unknown): number {
  // Most keys are strings and dates, and this is the hottest function of the server.
  if (typeof left === "string" && typeof right === "string") return compareStrings(left, right);
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  if (left instanceof TypeEdge || right instanceof TypeEdge) return compareEdges(left, right);
  const rank = rankOf(left);
  const difference = rank - rankOf(right);
  return difference === 0 ? compareSameRank(rank, left, right) : difference;
}

function compareEdges(left: unknown, right: unknown): number {
  const leftEdge = left instanceof TypeEdge ? left : { rank: rankOf(left), side: 0 };
  const rightEdge = right instanceof TypeEdge ? right : { rank: rankOf(right), side: 0 };
  return leftEdge.rank - rightEdge.rank || leftEdge.side - rightEdge.side;
}

function compareSameRank(rank: number, left: unknown, right: unknown): number {
  return BY_RANK[rank]?.(left, right) ?? 0;
}

type Compare = (left: unknown, right: unknown) => number;

const BY_RANK: Readonly<Record<number, Compare>> = {
  [TYPE_RANKS.int]: compareNumbers,
  [TYPE_RANKS.string]: (a, b) => compareStrings(text(a), text(b)),
  [TYPE_RANKS.object]: (a, b) => compareDocuments(asDocument(a) ?? {}, asDocument(b) ?? {}),
  [TYPE_RANKS.array]: (a, b) => compareArrays(a as unknown[], b as unknown[]),
  [TYPE_RANKS.binData]: (a, b) => compareBinaries(a as Binary, b as Binary),
  [TYPE_RANKS.objectId]: (a, b) => Buffer.compare((a as ObjectId).id, (b as ObjectId).id),
  [TYPE_RANKS.bool]: (a, b) => Number(a) - Number(b),
  [TYPE_RANKS.date]: (a, b) => (a as Date).getTime() - (b as Date).getTime(),
  [TYPE_RANKS.timestamp]: (a, b) => compareTimestamps(a as Timestamp, b as Timestamp),
  [TYPE_RANKS.regex]: (a, b) => compareRegexes(a as BSONRegExp, b as BSONRegExp),
  [TYPE_RANKS.javascript]: (a, b) => compareStrings((a as Code).code, (b as Code).code),
  [TYPE_RANKS.javascriptWithScope]: (a, b) =>
    compareStrings((a as Code).code, (b as Code).code) ||
    compareDocuments((a as Code).scope ?? {}, (b as Code).scope ?? {}),
};

function text(value: unknown): string {
  return typeof value === "string" ? value : String((value as { value: unknown }).value);
}

/** Compares two strings by their UTF-8 bytes. */
export function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return utf8Weight(a) - utf8Weight(b);
  }
  return left.length - right.length;
}

// Surrogates stand for code points above U+FFFF, but their units are below U+E000.
function utf8Weight(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function compareDocuments(left: Document, right: Document): number {
  const leftKeys = Object.keys(left);
  const rightKeys = Object.keys(right);
  const length = Math.min(leftKeys.length, rightKeys.length);
  for (let index = 0; index < length; index += 1) {
    const leftKey = leftKeys[index] as string;
    const rightKey = rightKeys[index] as string;
    const a: unknown = left[leftKey];
    const b: unknown = right[rightKey];
    const difference =
      rankOf(a) - rankOf(b) || compareStrings(leftKey, rightKey) || compareValues(a, b);
    if (difference !== 0) return difference;
  }
  return leftKeys.length - rightKeys.length;
}

function compareArrays(left: readonly unknown[], right: readonly unknown[]): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const difference = compareValues(left[index], right[index]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareBinaries(left: Binary, right: Binary): number {
  return (
    left.length() - right.length() ||
    left.sub_type - right.sub_type ||
    Buffer.compare(left.value(), right.value())
  );
}

function compareTimestamps(left: Timestamp, right: Timestamp): number {
  return Long.fromBits(left.low, left.high, true).compare(
    Long.fromBits(right.low, right.high, true),
  );
}

function compareRegexes(left: BSONRegExp, right: BSONRegExp): number {
  return compareStrings(left.pattern, right.pattern) || compareStrings(left.options, right.options);
}

/** Whether two values are equal as MongoDB sees it; 1, 1.0 and Long 1 are. */
export function sameValue(left: unknown, right: unknown): boolean {
  return compareValues(left, right) === 0;
}
