import { type Document, deserialize } from "bson";
import { describe, expect, test } from "vitest";

import { parsePipeline, runStages } from "./aggregation/pipeline.ts";
import { decode, encode } from "./bson-bytes.ts";
import { Deadline } from "./deadline.ts";

const environment = {
  deadline: new Deadline(undefined),
  findCollection: () => undefined,
  aggregate: () => [],
};

function run(documents: Document[], pipeline: Document[]): Document[] {
  const typed = decode(encode({ documents, pipeline }));
  const stages = parsePipeline(typed["pipeline"] as unknown[]);
  return runStages(typed["documents"] as Document[], stages, environment).map((result) =>
    deserialize(encode(result)),
  );
}

const evaluate = (expression: unknown, document: Document = {}): unknown =>
  run([document], [{ $project: { _id: 0, v: expression } }])[0]?.["v"];

describe("a pipeline", () => {
  test("groups, sorts and counts", () => {
    const calls = [{ s: "a", n: 1 }, { s: "b", n: 2 }, { s: "a", n: 3.5 }, { n: "x" }];
    expect(
      run(calls, [
        { $group: { _id: "$s", sum: { $sum: "$n" }, avg: { $avg: "$n" }, count: { $count: {} } } },
        { $sort: { _id: 1 } },
      ]),
    ).toEqual([
      { _id: null, sum: 0, avg: null, count: 1 },
      { _id: "a", sum: 4.5, avg: 2.25, count: 2 },
      { _id: "b", sum: 2, avg: 2, count: 1 },
    ]);
    expect(run(calls, [{ $sortByCount: "$s" }])[0]).toEqual({ _id: "a", count: 2 });
    expect(run([], [{ $count: "n" }])).toEqual([]);
  });

  test("unwinds with index, and keeps the empty", () => {
    const stage = {
      $unwind: { path: "$a", includeArrayIndex: "i", preserveNullAndEmptyArrays: true },
    };
    expect(run([{ a: [5, 6] }, { a: [] }, { a: 7 }], [stage])).toEqual([
      { a: 5, i: 0 },
      { a: 6, i: 1 },
      { i: null },
      { a: 7, i: null },
    ]);
  });

  test("runs facets on the same documents", () => {
    expect(
      run(
        [{ a: 1 }, { a: 2 }],
        [{ $facet: { all: [{ $count: "n" }], two: [{ $match: { a: 2 } }] } }],
      ),
    ).toEqual([{ all: [{ n: 2 }], two: [{ a: 2 }] }]);
  });

  test("adds fields to documents in arrays and leaves out what is missing", () => {
    expect(run([{ a: [{ b: 1 }], c: 1 }], [{ $addFields: { "a.d": 2, c: "$none" } }])).toEqual([
      { a: [{ b: 1, d: 2 }] },
    ]);
  });

  test.each<[unknown, unknown]>([
    [{ $add: [1, 2.5] }, 3.5],
    [{ $subtract: [new Date(5000), new Date(2000)] }, 3000],
    [{ $divide: [1, 4] }, 0.25],
    [{ $round: [2.345, 2] }, 2.35],
    [{ $round: [2.675, 2] }, 2.67],
    [{ $round: [2.5] }, 2],
    [{ $round: [-2.5] }, -2],
    [{ $round: [1250, -2] }, 1200],
    [{ $trunc: [-2.79, 1] }, -2.7],
    [{ $ceil: -1.5 }, -1],
    [{ $floor: -1.5 }, -2],
    [{ $abs: -3 }, 3],
    [{ $cond: [{ $gt: [2, 1] }, "y", "n"] }, "y"],
    [JSON.parse('{ "$switch": { "branches": [{ "case": false, "then": 1 }], "default": 2 } }'), 2],
    [{ $ifNull: ["$none", null, "x"] }, "x"],
    [{ $concat: ["a", "b"] }, "ab"],
    [{ $concat: ["a", null] }, null],
    [{ $substrCP: ["héllo", 1, 2] }, "él"],
    [{ $map: { input: [1, 2], as: "n", in: { $multiply: ["$$n", 2] } } }, [2, 4]],
    [{ $filter: { input: [1, 2, 3], cond: { $gte: ["$$this", 2] } } }, [2, 3]],
    [{ $reduce: { input: [1, 2], initialValue: 0, in: { $add: ["$$value", "$$this"] } } }, 3],
    [{ $let: { vars: { x: 1 }, in: "$$x" } }, 1],
    [{ $mergeObjects: [{ a: 1 }, null, { b: 2 }] }, { a: 1, b: 2 }],
    [{ $arrayElemAt: [[1, 2], -1] }, 2],
    [{ $toString: 1.5 }, "1.5"],
    [{ $toDate: "2026-01-02T03:04:05Z" }, new Date("2026-01-02T03:04:05Z")],
    [{ $type: "$none" }, "missing"],
  ])("evaluates %j to %j", (expression, expected) => {
    expect(evaluate(expression)).toEqual(expected);
  });

  const date = new Date("2024-02-29T13:45:10.123Z");

  test.each<[unknown, unknown]>([
    [
      { $dateToString: { date: "$d", format: "%Y-%m-%dT%H:%M:%S.%L %j %u %V %G %z" } },
      "2024-02-29T13:45:10.123 060 4 09 2024 +0000",
    ],
    [
      { $dateToString: { date: "$d", format: "%Y-%m-%d %H:%M", timezone: "America/New_York" } },
      "2024-02-29 08:45",
    ],
    [{ $dateTrunc: { date: "$d", unit: "hour" } }, new Date("2024-02-29T13:00:00Z")],
    [
      { $dateTrunc: { date: "$d", unit: "week", startOfWeek: "monday" } },
      new Date("2024-02-26T00:00:00Z"),
    ],
    [
      { $dateTrunc: { date: "$d", unit: "day", timezone: "+09:00" } },
      new Date("2024-02-28T15:00:00Z"),
    ],
    [{ $dateTrunc: { date: "$d", unit: "quarter" } }, new Date("2024-01-01T00:00:00Z")],
    [
      { $dateAdd: { startDate: "$d", unit: "year", amount: 1 } },
      new Date("2025-02-28T13:45:10.123Z"),
    ],
    [{ $dateDiff: { startDate: "$d", endDate: new Date("2024-03-02T01:00:00Z"), unit: "day" } }, 2],
    [{ $hour: { date: "$d", timezone: "+05:30" } }, 19],
    [{ $year: "$none" }, null],
    [{ $dayOfWeek: "$d" }, 5],
  ])("evaluates %j on a date", (expression, expected) => {
    expect(evaluate(expression, { d: date })).toEqual(expected);
  });

  test.each<[Document, number]>([
    [{ $foo: 1 }, 40324],
    [{ $match: {}, $sort: {} }, 40323],
    [{ $out: "x" }, 238],
    [{ $changeStream: {} }, 40573],
    [{ $group: { n: { $sum: 1 } } }, 15955],
    [{ $group: { _id: null, n: { $foo: 1 } } }, 15952],
    [{ $limit: 0 }, 15958],
    [{ $unwind: "a" }, 28818],
    [{ $project: { a: 1, b: 0 } }, 31254],
    [{ $project: { a: 1, "a.b": 1 } }, 31249],
    [{ $project: { a: { $foo: 1 } } }, 168],
    [{ $addFields: { a: { $divide: [1, 0] } } }, 2],
  ])("refuses %j with code %d", (stage, code) => {
    expect(() => run([{}], [stage])).toThrow(expect.objectContaining({ code }));
  });
});
