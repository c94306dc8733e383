import { expect, test } from "vitest";

import type { CallPage } from "./call-source.ts";
import { pageText } from "./page-text.ts";

const none: CallPage = { data: [], count: 0 };
const one: CallPage = { ...none, data: [{ _id: "a-call" } as CallPage["data"][number]], count: 1 };
const countedFrom = new Date("2026-11-01T06:00:00.000Z");

test.each([
  [none, "no calls"],
  [{ ...one, count: 7, nextCursor: "older" }, "1 of 7; go on with --cursor older"],
  [
    { ...one, countedFrom, nextCursor: "older" },
    "1 of at least 1, counted back to 2026-11-01 06:00:00Z; go on with --cursor older",
  ],
  [
    { ...none, countedFrom, nextCursor: "older" },
    "0 of at least 0, counted back to 2026-11-01 06:00:00Z; go on with --cursor older",
  ],
])("the last line of %j", (page, line) => {
  expect(pageText(page).split("\n").at(-1)).toBe(line);
});

test("a page that is whole has its rows alone, one that found none yet does not say that there are none", () => {
  expect(pageText(one).split("\n")).toHaveLength(2);
  expect(pageText({ ...none, countedFrom, nextCursor: "older" })).toMatch(/^no calls so far\n/);
});
