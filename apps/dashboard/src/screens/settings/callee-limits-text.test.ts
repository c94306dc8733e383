import { expect, test } from "vitest";

import { calleeLimitsOf, textOfCalleeLimits } from "./callee-limits-text.ts";

test.each([
  ["", undefined],
  ["off", "off" as const],
  [
    "1 in 60\n3 in 900",
    [
      { calls: 1, seconds: 60 },
      { calls: 3, seconds: 900 },
    ],
  ],
])("%j is written as it is read", (text, limits) => {
  expect(calleeLimitsOf(text)).toEqual(limits ?? null);
  expect(textOfCalleeLimits(limits)).toBe(text);
});

test.each(["often", "1", "1 in a minute"])("%j is left for the server to refuse", (text) => {
  expect(JSON.stringify(calleeLimitsOf(text))).toContain("null");
});
