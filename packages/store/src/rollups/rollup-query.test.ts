import { queryInput, type QueryInput } from "@call-log/model";
import { expect, test } from "vitest";

import type { TimeRange } from "./period.ts";
import { rollupQuery } from "./rollup-query.ts";

const FROM = "2026-11-01T00:00:00.000Z";
const TO = "2026-11-02T00:00:00.000Z";
const at = (iso: string) => Date.parse(iso);
const asked = (query: QueryInput) => rollupQuery(queryInput.parse(query));

test.each<[string, QueryInput, TimeRange]>([
  ["nothing", {}, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }],
  ["one moment", { createdAt: FROM }, { from: at(FROM), to: at(FROM) + 1 }],
  [
    "limits that are included",
    { createdAt: { _type: "InBetween", startValue: FROM, endValue: TO } },
    { from: at(FROM), to: at(TO) + 1 },
  ],
  [
    "limits that are not",
    { createdAt: { $gt: FROM, $lt: TO } },
    { from: at(FROM) + 1, to: at(TO) },
  ],
  [
    "several ranges",
    { $and: [{ createdAt: { $gte: FROM } }, { createdAt: { $lt: TO } }] },
    { from: at(FROM), to: at(TO) },
  ],
])("%s is a range of times", (_, query, range) => {
  expect(asked(query)).toMatchObject({ range });
  expect(asked(query)?.statuses).toBeUndefined();
});

test.each<[string, QueryInput, string[]]>([
  ["a value", { status: "Busy" }, ["Busy"]],
  ["several", { status: ["Busy", "Failed"] }, ["Busy", "Failed"]],
  ["all but one", { status: { _type: "NotEqual", value: "Busy" } }, ["Failed", "Completed"]],
  ["all but some", { status: { $nin: ["Busy", "Failed"] } }, ["Completed"]],
  [
    "two tests",
    { $and: [{ status: ["Busy", "Failed"] }, { status: { $ne: "Busy" } }] },
    ["Failed"],
  ],
])("of statuses, %s", (_, query, expected) => {
  const { statuses } = asked(query)!;
  expect(["Busy", "Failed", "Completed"].filter((status) => statuses?.(status))).toEqual(expected);
});

test.each<[string, QueryInput, object]>([
  ["a value", { status: "Busy" }, { named: ["Busy"] }],
  [
    "several and not one",
    { $and: [{ status: ["Busy", "Failed"] }, { status: { $ne: "Busy" } }] },
    { named: ["Failed"] },
  ],
  ["none", { status: null }, { named: [] }],
  [
    "all but some, twice",
    { $and: [{ status: { $ne: "Busy" } }, { status: { $nin: ["Failed"] } }] },
    { excluded: ["Busy", "Failed"] },
  ],
])("of statuses, %s, names those that are asked for or left out", (_, query, names) => {
  const { named, excluded } = asked(query)!;
  expect({ named, excluded }).toEqual(names);
});

test.each<[string, QueryInput]>([
  ["a tag", { tags: "night" }],
  ["a list of one", { tags: ["night"] }],
  ["all of one", { tags: { _type: "IncludesAll", value: ["night"] } }],
  ["a tag and a time", { tags: "night", createdAt: { $gte: FROM } }],
])("%s is asked of sums by tag", (_, query) => {
  expect(asked(query)).toMatchObject({ tag: "night" });
  expect(asked(query)?.statuses).toBeUndefined();
});

test.each<[string, QueryInput]>([
  ["one of two tags", { tags: ["night", "urgent"] }],
  ["both of two tags", { tags: { $all: ["night", "urgent"] } }],
  ["two tests of tags", { $and: [{ tags: "night" }, { tags: "urgent" }] }],
  ["a tag and a status", { tags: "night", status: "Busy" }],
  ["another tag than one", { tags: { $ne: "night" } }],
  ["no tags", { tags: { $size: 0 } }],
  ["another property", { status: "Busy", toNumber: "+15550100100" }],
  ["alternatives", { $or: [{ status: "Busy" }, { createdAt: { $gte: FROM } }] }],
  ["a denial", { $nor: [{ status: "Busy" }] }],
  ["a search", { status: { _type: "Search", value: "us" } }],
  ["whether there is a value", { createdAt: { $exists: true } }],
])("%s is counted plainly", (_, query) => {
  expect(asked(query)).toBeUndefined();
});
