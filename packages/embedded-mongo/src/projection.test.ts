import { type Document, deserialize } from "bson";
import { describe, expect, test } from "vitest";

import { decode, encode } from "./bson-bytes.ts";
import { parseProjection, project, projectEncoded } from "./projection.ts";

function apply(document: Document, source: Document): Document {
  const projection = parseProjection(decode(encode(source)));
  const bytes = encode(document);
  if (projection === undefined) return document;
  const encoded = projectEncoded(projection, bytes);
  expect(Buffer.from(encoded)).toEqual(Buffer.from(encode(project(projection, decode(bytes)))));
  return deserialize(encoded);
}

describe("a projection", () => {
  const document = { _id: 1, a: [{ b: 1, c: 2 }, 3, [{ b: 4 }]], d: { e: 5, f: 6 }, n: [1, 2, 3] };

  test.each<[Document, Document]>([
    [{}, document],
    [{ "a.b": 1 }, { _id: 1, a: [{ b: 1 }, [{ b: 4 }]] }],
    [{ d: { e: 1 }, _id: 0 }, { d: { e: 5 } }],
    [{ _id: 0, a: 0, n: 0, "d.e": 0 }, { d: { f: 6 } }],
    [{ _id: 1 }, { _id: 1 }],
    [{ _id: 0 }, { a: document.a, d: document.d, n: document.n }],
    [
      { n: 1, d: 1 },
      { _id: 1, d: document.d, n: document.n },
    ],
    [{ n: 1, _id: 0 }, { n: document.n }],
    [
      { a: 0, n: 0, _id: 1 },
      { _id: 1, d: document.d },
    ],
    [
      { n: 0, _id: 0, absent: 0 },
      { a: document.a, d: document.d },
    ],
  ])("%j", (source, expected) => {
    expect(apply(document, source)).toEqual(expected);
  });

  test.each<[Document, number]>([
    [{ a: 1, b: 0 }, 31254],
    [{ a: 0, b: 1 }, 31253],
    [{ a: 1, "a.b": 1 }, 31249],
    [{ "a.b": 1, a: 1 }, 31250],
    [{ a: { $meta: "textScore" } }, 238],
    [{ "n.$": 1 }, 238],
    [{ n: { $slice: -2 } }, 238],
    [{ n: { $elemMatch: { $gt: 1 } } }, 238],
    [{ sum: { $add: ["$d.e", "$d.f"] } }, 238],
    [{ n: "$a" }, 238],
    [{ a: {} }, 51270],
  ])("%j is refused with code %d", (source, code) => {
    expect(() => apply(document, source)).toThrow(expect.objectContaining({ code }));
  });
});
