import { expect, test } from "vitest";

import { ROUND_SECONDS } from "../../figures/figure-text.ts";
import { roundRows } from "./round-rows.ts";

test.each([
  [146, [0, 60, 120]],
  [110, [0, 30, 60, 90]],
  [4.4, [0, 2, 4]],
  [0.7, [0]],
  [7000, [0, 1800, 3600, 5400]],
])("lengths up to %d s have lines at round ones", (top, rows) => {
  expect(roundRows(top, ROUND_SECONDS, 4)).toEqual(rows);
});
