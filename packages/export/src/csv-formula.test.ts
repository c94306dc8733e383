import fc from "fast-check";
import { expect, test } from "vitest";

import { withFormula, withoutFormula } from "./csv-formula.ts";

test.each(["=1+1", "+15559998888", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1"])(
  "%j is no formula any more",
  (text) => expect(withoutFormula(text)).toBe(`'${text}`),
);

test.each(["Completed", "'tis", "", "1.3", "a=b"])("%j stays", (text) => {
  expect(withoutFormula(text)).toBe(text);
});

test("every text comes back, and none begins like a formula", () => {
  const text = fc.string({
    unit: fc.constantFrom("'", "=", "+", "-", "@", "\t", "\r", "\n", "a", "＝"),
  });
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (original) => {
      const safe = withoutFormula(original);
      expect(safe).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(withFormula(safe)).toBe(original);
    }),
  );
});
