import { listInput } from "@call-log/model";
import { expect, test } from "vitest";

import { type CallSearch, queryOf } from "./call-search.ts";

const NOW = new Date("2026-11-24T12:00:00.000Z");
const ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

function query(search: Partial<CallSearch>) {
  const found = queryOf({ timeZone: "UTC", ...search } as CallSearch, NOW);
  // The API has to understand whatever is made here.
  listInput.parse({ query: found });
  return (found as { $and: unknown[] }).$and;
}

test.each([
  ["+49 171 1234711", { toNumber: "+491711234711" }],
  ["0049 (171) 123-4711", { toNumber: "+491711234711" }],
  ["…4711", { toNumber: { _type: "EndsWith", value: "4711" } }],
  ["0171 / 1234711", { toNumber: { _type: "EndsWith", value: "1711234711" } }],
  ["04711", { toNumber: { _type: "EndsWith", value: "04711" } }],
  ["+49 17", { toNumber: { _type: "StartsWith", value: "+4917" } }],
])("the number %s", (number, condition) => {
  expect(query({ number })).toEqual([condition]);
});

test("a number needs digits", () => {
  expect(() => query({ number: "her" })).toThrow("number: must have at least two digits");
});

test("a label is a text or an id", () => {
  const [text] = query({ label: "database down" });
  expect(text).toMatchObject({ search: { value: "database down" } });
  const [id] = query({ label: ID });
  expect(id).toMatchObject({ $or: expect.arrayContaining([{ incidentId: ID }]) });
});

test.each([
  ["Busy", { status: "Busy" }],
  ["reached", { status: { _type: "Includes", value: ["Completed"] } }],
] as const)("the status %s", (status, condition) => {
  expect(query({ status })).toEqual([condition]);
});

test("a span of time, and edges that narrow it", () => {
  const from = { createdAt: { $gte: "2026-11-24T03:10:00.000Z" } };
  const to = { createdAt: { $lt: "2026-11-25T00:00:00.000Z" } };
  expect(query({ when: "today", since: "03:10" })).toEqual([from, to]);
});

test.each([
  [{ when: "soon" }, /^when: must be a span of time/],
  [{ since: "soon" }, /^since: must be a time/],
  [{ since: "now", until: "yesterday" }, /^until: must be a time after since/],
])("%j is refused", (search, text) => {
  expect(() => query(search)).toThrow(text);
});
