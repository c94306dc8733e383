import type { Document } from "bson";
import { describe, expect, test } from "vitest";

import { decode, encode } from "./bson-bytes.ts";
import { matchFilter } from "./match-filter.ts";
import { parseFilter } from "./parse-filter.ts";

const typed = (value: Document): Document => decode(encode(value));
const matches = (query: Document, document: Document): boolean =>
  matchFilter(parseFilter(typed(query)), typed(document));

describe("matchFilter", () => {
  test.each<[Document, Document]>([
    [{ a: null }, {}],
    [{ a: null }, { a: null }],
    [{ a: null }, { a: [1, null] }],
    [{ "a.b": null }, { a: 4 }],
    [{ "a.b": null }, { a: [{ c: 1 }] }],
    [{ a: { $gte: null } }, {}],
    [{ a: { $ne: 1 } }, {}],
    [{ a: { $nin: [1] } }, { a: [2] }],
    [{ a: { $not: { $gt: 1 } } }, { a: "x" }],
    [{ a: [1, 2] }, { a: [[1, 2]] }],
    [{ a: { $gt: 1, $lt: 3 } }, { a: [0, 4] }],
    [{ "a.b": 1 }, { a: [{ b: 2 }, { b: [1] }] }],
    [{ "a.1": 2 }, { a: [1, 2] }],
    [{ "a.0.b": 1 }, { a: [{ b: 1 }] }],
    [{ a: { $size: 0 } }, { a: [] }],
    [{ a: { $all: [1, 2] } }, { a: [2, 1, 3] }],
    [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 2] }],
    [{ a: { $elemMatch: { b: null } } }, { a: [[]] }],
    [{ a: { $type: "array" } }, { a: [] }],
    [{ a: { $in: [/^x/] } }, { a: "xy" }],
    [{ $nor: [{ a: 1 }, { b: 1 }] }, { c: 1 }],
  ])("%j matches %j", (query, document) => {
    expect(matches(query, document)).toBe(true);
  });

  test.each<[Document, Document]>([
    [{ a: null }, { a: [] }],
    [{ "a.b": null }, { a: [] }],
    [{ "a.b": null }, { a: [1, 2] }],
    [{ "a.1": null }, { a: [] }],
    [{ a: { $gt: null } }, { a: null }],
    [{ a: { $lt: "b" } }, { a: 1 }],
    [{ a: { $gt: 1 } }, { a: Number.NaN }],
    [{ a: 1 }, { a: [[1]] }],
    [{ "a.b": 1 }, { a: [[{ b: 1 }]] }],
    [{ "a.0": 1 }, { a: [[1]] }],
    [{ a: { $elemMatch: { $eq: 1 } } }, { a: [[1]] }],
    [{ a: { $all: [] } }, { a: [] }],
    [{ a: { $exists: true } }, {}],
    [{ a: { $ne: 1 } }, { a: [1, 2] }],
  ])("%j does not match %j", (query, document) => {
    expect(matches(query, document)).toBe(false);
  });

  test.each<[Document, number]>([
    [{ $where: "1" }, 238],
    [{ $text: { $search: "x" } }, 238],
    [{ $foo: 1 }, 2],
    [{ a: { $foo: 1 } }, 2],
    [{ a: { $in: 1 } }, 2],
    [{ a: { $in: [{ $gt: 1 }] } }, 2],
    [{ $and: [] }, 2],
    [{ a: { $size: -1 } }, 2],
    [{ a: { $mod: [2, 1] } }, 238],
    [{ a: { $type: "nothing" } }, 2],
    [{ a: { $not: {} } }, 2],
    [{ a: { $regex: "(" } }, 51091],
    [{ a: { $near: [1, 2] } }, 238],
    [{ $expr: { $gt: ["$a", "$b"] } }, 238],
    [{ a: { $elemMatch: { $id: 1 } } }, 2],
  ])("refuses %j with code %d", (query, code) => {
    expect(() => parseFilter(typed(query))).toThrow(expect.objectContaining({ code }));
  });
});
