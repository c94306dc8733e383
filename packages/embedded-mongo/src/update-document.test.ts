import type { Document } from "bson";
import { deserialize } from "bson";
import { describe, expect, test } from "vitest";

import { decode, encode } from "./bson-bytes.ts";
import { parseUpdate } from "./update/parse-update.ts";
import { updateDocument } from "./update/update-document.ts";

const NOW = new Date("2026-01-02T03:04:05.678Z");

function apply(
  document: Document,
  update: Document | Document[],
  { arrayFilters = [], position }: { arrayFilters?: Document[]; position?: number } = {},
): Document {
  const typed = decode(encode({ update, arrayFilters }));
  const parsed = parseUpdate({
    update: typed["update"],
    arrayFilters: typed["arrayFilters"] as unknown[],
    now: NOW,
  });
  return deserialize(updateDocument(encode({ _id: 1, ...document }), parsed, position).bytes);
}

describe("updateDocument", () => {
  test.each<[Document, Document | Document[], Document]>([
    [{}, { $set: { "a.b": 1 } }, { a: { b: 1 } }],
    [{ a: [1] }, { $set: { "a.3": 2 } }, { a: [1, null, null, 2] }],
    [{ a: [1, 2] }, { $unset: { "a.0": "" } }, { a: [null, 2] }],
    [{ a: 1 }, { $unset: { "a.b": "" } }, { a: 1 }],
    [{}, { $pop: { "a.b": 1 } }, {}],
    [{ a: 1 }, { $currentDate: { b: true } }, { a: 1, b: NOW }],
    [{ a: 2 }, { $min: { a: 1 }, $max: { b: 3 } }, { a: 1, b: 3 }],
    [{ a: { b: 1 } }, { $rename: { "a.b": "c.d" } }, { a: {}, c: { d: 1 } }],
    [{ a: [1, 2, 3] }, { $pull: { a: { $gte: 2 } } }, { a: [1] }],
    [{ a: [{ b: 1, c: 2 }, { b: 2 }, 7] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }, 7] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [5, 4], $sort: -1, $slice: 3 } } }, { a: [5, 4, 2] }],
    [
      { a: [{ n: 2 }] },
      { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } },
      { a: [{ n: 1 }, { n: 2 }] },
    ],
    [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
    [{ a: [1, 2] }, { $inc: { "a.$[]": 10 } }, { a: [11, 12] }],
    [{ a: 1 }, { b: 2 }, { b: 2 }],
    [{ a: 1 }, [{ $set: { b: { $add: ["$a", 1] } } }, { $unset: "a" }], { b: 2 }],
  ])("%j with %j becomes %j", (document, update, expected) => {
    expect(apply(document, update)).toEqual({ _id: 1, ...expected });
  });

  test("takes array filters and the position that the query matched", () => {
    expect(
      apply({ a: [1, 5, 9] }, { $set: { "a.$[big]": 0 } }, { arrayFilters: [{ big: { $gt: 4 } }] }),
    ).toEqual({
      _id: 1,
      a: [1, 0, 0],
    });
    expect(apply({ a: [{ b: 1 }, { b: 2 }] }, { $set: { "a.$.b": 7 } }, { position: 1 })).toEqual({
      _id: 1,
      a: [{ b: 1 }, { b: 7 }],
    });
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
    const int = parseUpdate({
      update: decode(encode({ $inc: { a: 1 } })),
      arrayFilters: [],
      now: NOW,
    });
    const wide = decode(updateDocument(encode({ _id: 1, a: 2 ** 31 - 1 }), int, undefined).bytes);
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
    [{ a: 1 }, { $pop: { a: 1 } }, 14],
    [{ a: 1 }, { $set: { "a.$[]": 1 } }, 2],
    [{ a: [1] }, { $set: { "a.$": 1 } }, 2],
    [{ a: [1] }, { $set: { "a.$[x]": 1 } }, 2],
    [{}, { $rename: { a: "a" } }, 2],
    [{}, { $bit: { a: { and: 1 } } }, 238],
    [{}, [{ $match: { a: 1 } }], 72],
  ])("%j with %j is refused with code %d", (document, update, code) => {
    expect(() => apply(document, update)).toThrow(expect.objectContaining({ code }));
  });
});
