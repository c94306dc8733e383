import { expect, test } from "vitest";

import { addsUpAsShown } from "./rounded-sum.ts";

test.each([
  [[], true],
  [[40, 39, 18], true],
  [[40.2, 39, 18.2], true],
  [[40.3, 39.3, 18.2], false],
  [[1.3, 1.3, 1.3], false],
])("the cents %j add up to their sum: %s", (parts, adds) => {
  expect(addsUpAsShown(parts)).toBe(adds);
});
