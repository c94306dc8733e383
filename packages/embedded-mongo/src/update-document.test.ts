import type { Document } from "bson";
import { Decimal128, deserialize } from "bson";
import { describe, expect, test } from "vitest";

import { decode, encode } from "./bson-bytes.ts";
import { parseUpdate } from "./update/parse-update.ts";
import { updateDocument } from "./update/update-document.ts";

function apply(document: Document, update: Document | Document[]): Document {
  const parsed = parseUpdate(decode(encode({ update }))["update"]);
  return deserialize(updateDocument(encode({ _id: 1, ...document }), parsed));
}

describe("updateDocument", () => {
  test.each<[Document, Document | Document[], Document]>([
    [{}, { $set: { "a.b": 1 } }, { a: { b: 1 } }],
    [{ a: [1] }, { $set: { "a.3": 2 } }, { a: [1, null, null, 2] }],
    [{ a: [1, 2] }, { $unset: { "a.0": "" } }, { a: [null, 2] }],
    [{ a: 1 }, { $unset: { "a.b": "" } }, { a: 1 }],
    [{ a: 2 }, { $max: { a: 1, b: 3 } }, { a: 2, b: 3 }],
    [{ a: 2 }, { $max: { a: 3 } }, { a: 3 }],
    [{ a: [{ b: 1, c: 2 }, { b: 2 }, 7] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }, 7] }],
    [{ a: [1] }, { $push: { a: { b: 1 }, "c.d": 2 } }, { a: [1, { b: 1 }], c: { d: [2] } }],
    [{ a: [{ b: 1 }, { b: 2 }] }, { $unset: { "a.$[].b": "" } }, { a: [{}, {}] }],
    [{ a: [1, 2] }, { $inc: { "a.$[]": 10 } }, { a: [11, 12] }],
    [{ a: 1 }, { b: 2 }, { b: 2 }],
  ])("%j with %j becomes %j", (document, update, expected) => {
    expect(apply(document, update)).toEqual({ _id: 1, ...expected });
  });

  test("adds new fields in the order of their names", () => {
    expect(Object.keys(apply({ z: 1 }, { $set: { d: 1, b: 1 }, $inc: { c: 1, a: 1 } }))).toEqual([
      "_id",
      "z",
      "a",
      "b",
      "c",
      "d",
    ]);
  });

  test("widens whole numbers and refuses to overflow 64 bits", () => {
    const int = parseUpdate(decode(encode({ $inc: { a: 1 } })));
    const wide = decode(updateDocument(encode({ _id: 1, a: 2 ** 31 - 1 }), int));
    expect(wide["a"]).toMatchObject({ _bsontype: "Long" });
    expect(() => apply({ a: 9223372036854775807n }, { $inc: { a: 1 } })).toThrow(
      expect.objectContaining({ code: 2 }),
    );
  });

  test.each<[Document, Document | Document[], number]>([
    [{ a: 1 }, { $set: { "a.b": 1 } }, 28],
    [{}, { $set: { a: 1 }, $inc: { "a.b": 1 } }, 40],
    [{}, { $set: { _id: 2 } }, 66],
    [{}, { _id: 2 }, 66],
    [{}, { $foo: { a: 1 } }, 9],
    [{}, { $set: 1 }, 9],
    [{}, { a: 1, $set: { b: 1 } }, 52],
    [{}, { $set: { "a.$x": 1 } }, 52],
    [{}, { $set: { "a..b": 1 } }, 56],
    [{ a: "x" }, { $inc: { a: 1 } }, 14],
    [{}, { $inc: { a: "x" } }, 14],
    [{ a: 1 }, { $push: { a: 1 } }, 2],
    [{ a: 1 }, { $set: { "a.$[]": 1 } }, 2],
    [{ a: [1] }, { $set: { "a.$": 1 } }, 238],
    [{ a: [1] }, { $set: { "a.$[x]": 1 } }, 238],
    [{ a: [1] }, { $push: { a: { $each: [2] } } }, 238],
    [{ a: [1] }, { $pull: { a: 1 } }, 238],
    [{ a: [1] }, { $pull: { a: { $or: [{ b: 1 }] } } }, 238],
    [{ a: 1 }, { $pull: { a: { b: 1 } } }, 2],
    [{ a: 1 }, { $inc: { a: Decimal128.fromString("1") } }, 238],
    [{ a: Decimal128.fromString("1") }, { $inc: { a: 1 } }, 238],
    [{}, { $min: { a: 1 } }, 9],
    [{}, { $mul: { a: 2 } }, 9],
    [{}, { $rename: { a: "b" } }, 9],
    [{}, { $addToSet: { a: 1 } }, 9],
    [{}, { $currentDate: { a: true } }, 9],
    [{}, { $bit: { a: { and: 1 } } }, 9],
    [{}, [{ $set: { a: 1 } }], 238],
  ])("%j with %j is refused with code %d", (document, update, code) => {
    expect(() => apply(document, update)).toThrow(expect.objectContaining({ code }));
  });
});
