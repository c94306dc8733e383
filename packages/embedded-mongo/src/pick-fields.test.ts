import {
  BSONRegExp,
  BSONSymbol,
  Binary,
  Code,
  DBRef,
  Decimal128,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from "bson";
import fc from "fast-check";
import { expect, test } from "vitest";

import { decode, encode } from "./bson-bytes.ts";
import { changedFields, documentAt, pickFields, replaceFields } from "./pick-fields.ts";

const VALUES: readonly unknown[] = [
  1.5,
  "täxt\0x",
  { a: [1, { b: null }] },
  [1, "x"],
  new Binary(Buffer.from([1, 2, 3])),
  new Binary(Buffer.from([1, 2, 3]), Binary.SUBTYPE_BYTE_ARRAY),
  new ObjectId("000000000000000000000001"),
  true,
  new Date(5),
  null,
  new BSONRegExp("a.b", "i"),
  new DBRef("c", new ObjectId("000000000000000000000001")),
  new Code("x"),
  new BSONSymbol("s"),
  new Code("x", { y: 1 }),
  new Int32(7),
  new Timestamp({ t: 1, i: 2 }),
  Long.fromNumber(9),
  Decimal128.fromString("1.5"),
  new MinKey(),
  new MaxKey(),
];
const names = ["a", "b", "ab", "é", "_id", "c"];

test("what is picked is what the whole document has there", () => {
  const documents = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...VALUES));
  fc.assert(
    fc.property(documents, fc.subarray(names), (document, wanted) => {
      const bytes = encode(document);
      const expected = Object.entries(decode(bytes)).filter(([name]) => wanted.includes(name));
      expect(Object.entries(decode(pickFields(bytes, new Set(wanted))))).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test("each type is passed over", () => {
  for (const value of VALUES) {
    const bytes = encode({ before: value, wanted: new Int32(1) });
    expect(decode(pickFields(bytes, new Set(["wanted"])))).toEqual({ wanted: new Int32(1) });
  }
});

test("a field has changed when its value, its type or its presence is another one", () => {
  const document = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...VALUES));
  const shown = (fields: object, name: string) =>
    Object.hasOwn(fields, name)
      ? encode({ [name]: (fields as Record<string, unknown>)[name] }).toString()
      : "absent";
  fc.assert(
    fc.property(document, document, fc.subarray(names), (before, after, wanted) => {
      const expected = wanted.filter((name) => shown(before, name) !== shown(after, name));
      const changed = changedFields(encode(before), encode(after), new Set(wanted));
      expect([...changed]).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test("other values of fields stand where the old ones were, new ones last, and those left out are gone", () => {
  const document = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...VALUES));
  fc.assert(
    fc.property(document, document, fc.subarray(names), (before, values, wanted) => {
      const next = new Map(Object.entries(before));
      for (const name of wanted) if (!Object.hasOwn(values, name)) next.delete(name);
      for (const [name, value] of Object.entries(values))
        if (wanted.includes(name)) next.set(name, value);
      const bytes = replaceFields(encode(before), new Set(wanted), encode(values));
      expect(Buffer.from(bytes)).toEqual(Buffer.from(encode(Object.fromEntries(next))));
    }),
    { numRuns: 2000 },
  );
});

test("the bytes of a document within another one", () => {
  const within = { a: new Int32(1) };
  const bytes = encode({ é: "x", within, list: [within] });
  expect(documentAt(bytes, "within")).toEqual(Buffer.from(encode(within)));
  expect(documentAt(bytes, "é")).toBeUndefined();
  expect(documentAt(bytes, "list")).toBeUndefined();
  expect(documentAt(bytes, "absent")).toBeUndefined();
});
