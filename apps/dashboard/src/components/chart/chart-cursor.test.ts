import { expect, test } from "vitest";

import { afterKey, columnsOf, type Cursor } from "./chart-cursor.ts";

const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });
const at = (place: number, anchor = place): Cursor => ({ at: place, anchor });

test.each([
  [undefined, key("ArrowRight"), at(0)],
  [undefined, key("ArrowLeft"), at(9)],
  [undefined, key("End"), at(9)],
  [at(3), key("ArrowRight"), at(4)],
  [at(9), key("ArrowRight"), at(9)],
  [at(0), key("ArrowLeft"), at(0)],
  [at(3), key("Home"), at(0)],
  [at(3), key("PageUp"), at(9)],
  [at(3), key("ArrowRight", true), at(4, 3)],
  [at(4, 3), key("End", true), at(9, 3)],
  [at(4, 3), key("ArrowLeft"), at(3)],
  [at(3), key("a"), undefined],
])("%j with %j is %j", (cursor, pressed, after) => {
  expect(afterKey(cursor, pressed, 10)).toEqual(after);
});

test("a chart without columns has no cursor", () => {
  expect(afterKey(undefined, key("End"), 0)).toBeUndefined();
});

test("columns are in order, and within the chart that is shown now", () => {
  expect(columnsOf(at(2, 5), 10)).toEqual({ first: 2, last: 5 });
  expect(columnsOf(at(5, 2), 4)).toEqual({ first: 2, last: 3 });
  expect(columnsOf(at(7), 4)).toBeUndefined();
  expect(columnsOf(undefined, 4)).toBeUndefined();
});
