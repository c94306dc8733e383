import {
  BSONRegExp,
  Binary,
  Code,
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

import { TypeEdge, compareValues } from "./bson-order.ts";
import { TYPE_RANKS } from "./bson-type.ts";
import { encodeKey } from "./key-encoding.ts";
import { EMPTY_ARRAY_KEY } from "./key-extract.ts";

const doubles = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 0.1, 2 ** 53, 2 ** 63, 1, -1, 5e-324),
);
const wholes = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
  fc.bigInt({ min: -2n, max: 2n }),
);
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
  .map(([digits, exponent]) => Decimal128.fromString(`${digits}E${exponent}`));
const numbers = fc.oneof(
  doubles.map((value) => new Double(value)),
  fc.integer().map((value) => new Int32(value)),
  wholes.map((value) => Long.fromBigInt(value)),
  decimals,
  doubles.map((value) => Decimal128.fromString(String(value))),
  fc
    .constantFrom("0.1", "0.10", "1E-6000", "-1E-6000", "NaN", "Infinity")
    .map((text) => Decimal128.fromString(text)),
);
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("\0", "\x01", "a", "\xff"), { maxLength: 4 })
    .map((list) => list.join("")),
  fc.string({ minLength: 0, maxLength: 2 }).map((text) => text + "x".repeat(3000)),
);
const leaves = fc.oneof(
  { arbitrary: numbers, weight: 4 },
  { arbitrary: texts, weight: 4 },
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    false,
    EMPTY_ARRAY_KEY,
    new MinKey(),
    new MaxKey(),
  ),
  fc.date({ noInvalidDate: true }),
  fc
    .uint8Array({ maxLength: 4 })
    .chain((bytes) => fc.nat(255).map((type) => new Binary(bytes, type))),
  fc.nat(3).map((value) => new ObjectId(String(value).padStart(24, "0"))),
  fc.tuple(fc.nat(2 ** 32 - 1), fc.nat(2)).map(([t, i]) => new Timestamp({ t, i })),
  fc
    .tuple(texts, fc.constantFrom("", "i", "m"))
    .map(([pattern, options]) => new BSONRegExp(pattern.replaceAll("\0", ""), options)),
  texts.map((code) => new Code(code)),
);
const names = fc.constantFrom("a", "b", "ab", "é");
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaves,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 3 }),
  ),
})).value;
const edges = fc
  .tuple(fc.constantFrom(...Object.values(TYPE_RANKS)), fc.constantFrom<1 | -1>(1, -1))
  .map(([rank, side]) => new TypeEdge(rank, side));
const bounds = fc.oneof({ arbitrary: values, weight: 6 }, { arbitrary: edges, weight: 1 });

const sign = (left: unknown[], right: unknown[], directions: number[]): number =>
  Math.sign(Buffer.compare(encodeKey(left, directions), encodeKey(right, directions))) + 0;

describe("encodeKey", () => {
  test.each([1, -1])("orders values as compareValues does, direction %d", (direction) => {
    fc.assert(
      fc.property(bounds, bounds, (a, b) => {
        expect(sign([a], [b], [direction])).toBe(Math.sign(compareValues(a, b)) * direction + 0);
      }),
      { numRuns: 3000 },
    );
  });

  test("orders numbers of all kinds as one", () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        expect(sign([a], [b], [1])).toBe(Math.sign(compareValues(a, b)) + 0);
      }),
      { numRuns: 5000 },
    );
  });

  test("orders keys of several fields by the first that differs", () => {
    const pairs = fc.tuple(fc.oneof(texts, numbers), values);
    fc.assert(
      fc.property(
        pairs,
        pairs,
        fc.tuple(fc.constantFrom(1, -1), fc.constantFrom(1, -1)),
        (a, b, [first, second]) => {
          const order =
            Math.sign(compareValues(a[0], b[0])) * first ||
            Math.sign(compareValues(a[1], b[1])) * second;
          expect(sign(a, b, [first, second])).toBe(order + 0);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("gives no key that begins as another one, and none that begins with 255", () => {
    fc.assert(
      fc.property(values, values, fc.constantFrom(1, -1), (a, b, direction) => {
        const [left, right] = [encodeKey([a], [direction]), encodeKey([b], [direction])];
        expect(left[0]).toBeLessThan(255);
        const beginsSo = right.subarray(0, left.length).equals(left);
        expect(beginsSo).toBe(left.equals(right));
      }),
      { numRuns: 2000 },
    );
  });
});
