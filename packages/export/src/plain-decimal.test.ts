import fc from "fast-check";
import { expect, test } from "vitest";

import { plainDecimal } from "./plain-decimal.ts";

test.each([
  [0, "0"],
  [1.3, "1.3"],
  [-5, "-5"],
  [1e-7, "0.0000001"],
  [-1.25e-9, "-0.00000000125"],
  [1e21, "1000000000000000000000"],
  [1.5e22, "15000000000000000000000"],
])("%d is %s", (number, text) => expect(plainDecimal(number)).toBe(text));

test("every finite number comes back from digits and a point", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      const text = plainDecimal(number);
      expect(text).toMatch(/^-?\d+(\.\d+)?$/);
      // Zero has no sign in JSON, nor here.
      expect(Number(text)).toBe(number + 0);
    }),
  );
});
