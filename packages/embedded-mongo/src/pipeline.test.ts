import { Decimal128, type Document, deserialize } from "bson";
import { describe, expect, test } from "vitest";

import { parsePipeline, runStages } from "./aggregation/pipeline.ts";
import { decode, encode } from "./bson-bytes.ts";
import { Deadline } from "./deadline.ts";
import { atOnce } from "./turns.ts";

const environment = {
  deadline: new Deadline(undefined),
  aggregate: () => {
    throw new Error("there is no other collection");
  },
};

function run(documents: Document[], pipeline: Document[]): Document[] {
  const typed = decode(encode({ documents, pipeline }));
  const stages = parsePipeline(typed["pipeline"] as unknown[]);
  const results = atOnce(runStages(typed["documents"] as Document[], stages, environment));
  return results.map((result) => deserialize(encode(result)));
}

const evaluate = (expression: unknown, document: Document = {}): unknown =>
  run([document], [{ $set: { v: expression } }])[0]?.["v"];

describe("a pipeline", () => {
  test("groups, sorts and counts", () => {
    const calls = [{ s: "a", n: 1 }, { s: "b", n: 2 }, { s: "a", n: 3.5 }, { n: "x" }];
    expect(
      run(calls, [
        { $group: { _id: "$s", sum: { $sum: "$n" }, least: { $min: "$n" }, count: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ]),
    ).toEqual([
      { _id: null, sum: 0, least: "x", count: 1 },
      { _id: "a", sum: 4.5, least: 1, count: 2 },
      { _id: "b", sum: 2, least: 2, count: 1 },
    ]);
    expect(run(calls, [{ $sort: { n: -1 } }, { $limit: 1 }, { $project: { s: 0 } }])).toEqual([
      { n: "x" },
    ]);
  });

  test("unwinds, and keeps the empty where asked", () => {
    const documents = [{ a: [5, 6] }, { a: [] }, { a: 7 }, { a: null }, {}];
    expect(run(documents, [{ $unwind: { path: "$a" } }])).toEqual([{ a: 5 }, { a: 6 }, { a: 7 }]);
    const kept = run(documents, [{ $unwind: { path: "$a", preserveNullAndEmptyArrays: true } }]);
    expect(kept).toEqual([{ a: 5 }, { a: 6 }, {}, { a: 7 }, { a: null }, {}]);
  });

  test("sets fields, and removes those that have no value", () => {
    expect(run([{ a: 1, c: 1 }], [{ $set: { b: "$a", c: "$none" } }])).toEqual([{ a: 1, b: 1 }]);
  });

  test.each<[unknown, unknown]>([
    [{ $subtract: [new Date(5000), new Date(2000)] }, 3000],
    [{ $subtract: [5, 1.5] }, 3.5],
    [{ $multiply: [2, "$none"] }, null],
    [{ $multiply: [2, 3.5] }, 7],
    [{ $divide: [1, 4] }, 0.25],
    [{ $round: [2.345, 2] }, 2.35],
    [{ $round: [2.675, 2] }, 2.67],
    [{ $round: [2.5] }, 2],
    [{ $round: [-2.5] }, -2],
    [{ $round: [1250, -2] }, 1200],
    [{ $floor: -1.5 }, -2],
    [{ $cond: [{ $eq: [2, 2] }, "y", "n"] }, "y"],
    [{ $cond: [{ $eq: [2, 1] }, "y", "n"] }, "n"],
    [{ $ifNull: ["$none", null, "x"] }, "x"],
    [{ $setUnion: [["b", "a"], ["b"]] }, ["a", "b"]],
    [{ $setUnion: ["$none", []] }, null],
  ])("evaluates %j to %j", (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  const date = new Date("2024-02-29T13:45:10.123Z");

  test.each<[unknown, unknown]>([
    [{ $hour: "$d" }, 13],
    [{ $hour: "$none" }, null],
  ])("evaluates %j on a date", (expression, expected) => {
    expect(evaluate(expression, { d: date })).toEqual(expected);
  });

  test.each<[Document, number]>([
    [{ $foo: 1 }, 40324],
    [{ $match: {}, $sort: {} }, 40323],
    [{ $out: "x" }, 40324],
    [{ $facet: { a: [] } }, 40324],
    [{ $lookup: { from: "a", localField: "b", foreignField: "c", as: "d" } }, 40324],
    [{ $count: "n" }, 40324],
    [{ $addFields: { a: 1 } }, 40324],
    [{ $skip: 1 }, 40324],
    [{ $replaceRoot: { newRoot: "$a" } }, 40324],
    [{ $changeStream: {} }, 40573],
    [{ $group: { n: { $sum: 1 } } }, 15955],
    [{ $group: { _id: null, n: { $foo: 1 } } }, 15952],
    [{ $limit: 0 }, 15958],
    [{ $unwind: "$a" }, 238],
    [{ $unwind: { path: "a" } }, 28818],
    [{ $unwind: { path: "$a.b" } }, 238],
    [{ $unwind: { path: "$a", includeArrayIndex: "i" } }, 28811],
    [{ $set: { "a.b": 1 } }, 238],
    [{ $set: { a: { b: 1 } } }, 238],
    [{ $set: { a: "$$ROOT" } }, 238],
    [{ $set: { a: { $concat: ["a", "b"] } } }, 168],
    [{ $set: { a: { $dateAdd: { startDate: "$d", unit: "day", amount: 1 } } } }, 168],
    [{ $set: { a: { $hour: { date: "$d", timezone: "UTC" } } } }, 238],
    [{ $set: { a: { $multiply: [2, Decimal128.fromString("1.5")] } } }, 238],
    [{ $group: { _id: null, n: { $sum: Decimal128.fromString("1.5") } } }, 238],
    [{ $group: { _id: null, n: { $avg: "$a" } } }, 15952],
    [{ $project: { a: 1, b: 0 } }, 31254],
    [{ $project: { a: 1, "a.b": 1 } }, 31249],
    [{ $project: { a: { $foo: 1 } } }, 238],
    [{ $set: { a: { $divide: [1, 0] } } }, 2],
  ])("refuses %j with code %d", (stage, code) => {
    expect(() => run([{}], [stage])).toThrow(expect.objectContaining({ code }));
  });
});
