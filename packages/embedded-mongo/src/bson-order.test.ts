import {
  BSONRegExp,
  Binary,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "bson";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { compareStrings, compareValues, sameValue } from "./bson-order.ts";

const ASCENDING: readonly unknown[] = [
  new MinKey(),
  undefined,
  null,
  new Double(Number.NaN),
  Long.MIN_VALUE,
  new Double(-1.5),
  new Int32(0),
  Decimal128.fromString("0.1"),
  new Double(0.1),
  Long.fromString("9007199254740992"),
  Long.fromString("9007199254740993"),
  new Double(2 ** 63),
  "",
  "a",
  "ab",
  "é",
  "\uffff",
  "\u{1f600}",
  {},
  { a: new Int32(1) },
  { b: new Int32(1) },
  { a: "x" },
  [],
  [null],
  [new Int32(1)],
  [new Int32(1), new Int32(1)],
  new Binary(Buffer.from([9])),
  new Binary(Buffer.from([1, 1])),
  new ObjectId("000000000000000000000001"),
  false,
  true,
  new Date(-1),
  new Date(1),
  new Timestamp({ t: 1, i: 1 }),
  new BSONRegExp("a", ""),
  new MaxKey(),
];

describe("compareValues", () => {
  test("orders all types as MongoDB does", () => {
    for (const [left, a] of ASCENDING.entries()) {
      for (const [right, b] of ASCENDING.entries()) {
        expect([left, right, Math.sign(compareValues(a, b))]).toEqual([
          left,
          right,
          Math.sign(left - right),
        ]);
      }
    }
  });

  test.each([
    [new Int32(1), new Double(1)],
    [new Int32(1), Long.fromNumber(1)],
    [new Double(0.5), Decimal128.fromString("0.50")],
    [new Double(-0), new Int32(0)],
    [Decimal128.fromString("Infinity"), new Double(Infinity)],
    [new Double(Number.NaN), Decimal128.fromString("NaN")],
  ])("holds %s and %s equal", (left, right) => {
    expect(sameValue(left, right)).toBe(true);
  });

  test("compares strings by their UTF-8 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(Math.sign(compareStrings(a, b))).toBe(
          Buffer.compare(Buffer.from(a), Buffer.from(b)),
        );
      }),
    );
  });
});
