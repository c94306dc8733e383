import { expect, test } from "vitest";

import { neededPaths } from "./needed-paths.ts";

test.each<[string, unknown[], string[] | undefined]>([
  [
    "a group",
    [{ $group: { _id: "$status", n: { $sum: "$cost.micro" } } }],
    ["status", "cost.micro"],
  ],
  ["a group of all", [{ $group: { _id: null, n: { $sum: 1 } } }], []],
  [
    "every stage before the group",
    [
      { $match: { "a.b": 1, $or: [{ c: 2 }, { d: { $gt: 1 } }] } },
      { $sort: { e: 1 } },
      { $unwind: "$f" },
      { $set: { g: { $add: ["$h.i", 1] } } },
      { $group: { _id: { j: "$f.k" } } },
    ],
    ["a", "c", "d", "e", "f", "g", "h.i", "f.k"],
  ],
  ["nothing after the group", [{ $group: { _id: "$a" } }, { $match: { b: 1 } }], ["a"]],
  [
    "$unwind with options",
    [{ $unwind: { path: "$a.b" } }, { $group: { _id: "$c" } }],
    ["a.b", "c"],
  ],
  ["the whole document", [{ $group: { _id: "$a", all: { $push: "$$ROOT" } } }], undefined],
  ["no group", [{ $match: { a: 1 } }, { $sort: { b: 1 } }], undefined],
  ["a projection", [{ $project: { a: 1 } }, { $group: { _id: "$a" } }], undefined],
])("%s", (_, pipeline, names) => {
  expect(neededPaths(pipeline)).toEqual(names && new Set(names));
});
