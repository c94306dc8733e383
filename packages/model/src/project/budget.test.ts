import fc from "fast-check";
import { expect, test } from "vitest";

import { budget, capsOf, microOf, usdOf } from "./budget.ts";

test("dollars as text are whole micro-dollars, and back, exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999_999 }), (micro) => {
      expect(microOf(usdOf(micro))).toBe(micro);
    }),
  );
  expect([usdOf(13_000), usdOf(25_000_000), usdOf(-1)]).toEqual(["0.013", "25.00", "-0.000001"]);
});

test("limits that are not set are none", () => {
  expect(capsOf(budget.parse({ perDayUSD: "5", prepaidUSD: "12.34" }))).toEqual({
    day: 5_000_000,
    total: 12_340_000,
  });
});

test.each(["-1", "1e3", "1,5", "", 5])("%j is no amount", (perDayUSD) => {
  expect(budget.safeParse({ perDayUSD }).success).toBe(false);
});
