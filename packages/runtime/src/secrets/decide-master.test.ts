import { expect, test } from "vitest";

import { decideMaster, OVERLAP_MS } from "./decide-master.ts";

const changedAt = new Date("2026-11-24T03:12:00Z");
const inOverlap = new Date(changedAt.getTime() + OVERLAP_MS - 1);
const afterOverlap = new Date(changedAt.getTime() + OVERLAP_MS);
const NEW = { current: "new", previous: "old", changedAt };

test("the first process of a new installation says which secret it is", () => {
  const mark = { current: "new", changedAt };
  expect(decideMaster(undefined, { current: "new" }, changedAt)).toEqual({ mark });
  const database = { current: "new", database: "new" };
  expect(decideMaster(undefined, database, changedAt)).toEqual({ mark });
});

test("SECRET_KEY set on an installation of a release without marks follows the database's secret", () => {
  expect(decideMaster(undefined, { current: "new", database: "old" }, changedAt)).toEqual({
    mark: NEW,
  });
});

test("the same secret changes nothing, however late", () => {
  expect(decideMaster(NEW, { current: "new" }, afterOverlap).mark).toBe(NEW);
  const named = { current: "new", previous: "other", database: "old" };
  expect(decideMaster(NEW, named, afterOverlap).mark).toBe(NEW);
});

test.each([
  ["SECRET_KEY_PREVIOUS names the present one", { current: "third", previous: "new" }],
  ["the present one is in the database", { current: "third", database: "new" }],
])("another secret is taken when %s", (_, own) => {
  const mark = { current: "third", previous: "new", changedAt: inOverlap };
  expect(decideMaster(NEW, own, inOverlap)).toEqual({ mark });
});

test("another secret is refused when nothing links it to the present one", () => {
  expect(decideMaster(NEW, { current: "third" }, inOverlap)).toEqual({});
  const named = { current: "third", previous: "fourth", database: "old" };
  expect(decideMaster(NEW, named, inOverlap)).toEqual({});
});

test("the one before may start again during the overlap only, and takes nothing back", () => {
  expect(decideMaster(NEW, { current: "old" }, inOverlap)).toEqual({ mark: NEW });
  const both = { current: "old", previous: "new" };
  expect(decideMaster(NEW, both, inOverlap)).toEqual({ mark: NEW });
  expect(decideMaster(NEW, { current: "old" }, afterOverlap)).toEqual({});
  expect(decideMaster(NEW, { current: "old", previous: "new" }, afterOverlap)).toEqual({
    mark: { current: "old", previous: "new", changedAt: afterOverlap },
  });
});
