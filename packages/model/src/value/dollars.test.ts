import { expect, test } from "vitest";

import { dollars } from "./dollars.ts";

test.each([
  [0, "$0.00"],
  [1.3, "$0.013"],
  [130, "$1.30"],
  [12_345.6, "$123.456"],
  [0.0001, "$0.000001"],
])("%d cents are %s", (cents, text) => {
  expect(dollars(cents)).toBe(text);
});
