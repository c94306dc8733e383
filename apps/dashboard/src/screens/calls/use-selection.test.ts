import { expect, test } from "vitest";

import { rangeBetween } from "./use-selection.ts";

test.each([
  ["b", "d", ["b", "c", "d"]],
  ["d", "b", ["b", "c", "d"]],
  ["c", "c", ["c"]],
  ["gone", "c", ["c"]],
])("from %s to %s", (from, to, ids) => {
  expect(rangeBetween(["a", "b", "c", "d", "e"], from, to)).toEqual(ids);
});
