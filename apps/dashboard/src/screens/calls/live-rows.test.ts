import { expect, test } from "vitest";

import type { CallLogView } from "../../call/call-view.ts";
import {
  arrivalsIn,
  type CallsPages,
  rowsOf,
  waitingWith,
  withArrivals,
  withChanges,
} from "./live-rows.ts";

const call = (_id: string, minute: number, status = "Queued"): CallLogView => ({
  _id,
  createdAt: `2026-11-24T03:${String(minute).padStart(2, "0")}:00.000Z`,
  status,
});

const pages: CallsPages = {
  pageParams: [{}, {}],
  pages: [
    { data: [call("d", 4), call("c", 3)], count: 4, skip: 0, limit: 2, nextCursor: "x" },
    { data: [call("b", 2), call("a", 1)], count: 4, skip: 0, limit: 2 },
  ],
};
const ids = (of: CallsPages) => rowsOf(of).map(({ _id }) => _id);

test("a row that changes stays where it is", () => {
  const after = withChanges(pages, [call("b", 2, "Busy"), call("z", 9)]);
  expect(ids(after)).toEqual(["d", "c", "b", "a"]);
  expect(rowsOf(after)[2]?.status).toBe("Busy");
  expect(after.pages[0]).toBe(pages.pages[0]);
});

test("only what is newer than the table arrives; older calls belong to pages that were not read", () => {
  const found = arrivalsIn(pages, [call("e", 5), call("d", 4, "Busy"), call("0", 0), call("f", 6)]);
  expect(found.map(({ _id }) => _id)).toEqual(["f", "e"]);
});

test("whatever comes first is an arrival of an empty table", () => {
  const empty = { pageParams: [{}], pages: [{ data: [], count: 0, skip: 0, limit: 2 }] };
  expect(ids(withArrivals(empty, arrivalsIn(empty, [call("a", 1)])))).toEqual(["a"]);
});

test("arrivals come before the rest and are counted, once", () => {
  const after = withArrivals(pages, [call("e", 5), call("d", 4, "Busy")]);
  expect(ids(after)).toEqual(["e", "d", "c", "b", "a"]);
  expect(after.pages.map(({ count }) => count)).toEqual([5, 5]);
  expect(rowsOf(after)[1]?.status).toBe("Busy");
  expect(ids(withArrivals(after, [call("e", 5)]))).toEqual(ids(after));
});

test("what waits changes, too, and waits once", () => {
  const waiting = waitingWith([call("e", 5)], [call("f", 6), call("e", 5, "Busy")]);
  expect(waiting.map(({ _id, status }) => [_id, status])).toEqual([
    ["f", "Queued"],
    ["e", "Busy"],
  ]);
});
