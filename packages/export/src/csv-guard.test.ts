import fc from "fast-check";
import { expect, test } from "vitest";

import { guardedCell, isGuardedCell, unguardedCell } from "./csv-guard.ts";

const FORMULAS = ["=1+1", "+15559998888", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1"];
const NUMBERS = [
  "1.3",
  "007",
  "1.5556E+10",
  "4,479E+11",
  "123456789012345678901234",
  "030 1234567",
];
const DATES = ["11/23/2026", "2026-11-23"];

test.each([...FORMULAS, ...NUMBERS, ...DATES, "", " ", "'"])(
  "%j is neither a formula nor a number any more",
  (text) => {
    expect(guardedCell(text)).toBe(`'${text}`);
  },
);

test.each(["Completed", "'tis", "a=b", "12 o'clock", "376d7300-28fe-11f1-b591-3fdcef396aba"])(
  "%j stays",
  (text) => {
    expect(guardedCell(text)).toBe(text);
  },
);

test("every text comes back, and none begins like a formula or is empty", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."'=+-@\t\r\na＝1.,E".split("")),
  });
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (original) => {
      const cell = guardedCell(original);
      expect(cell).not.toMatch(/^($|[=+\-@\t\r\n＝＋－＠])/);
      expect(unguardedCell(cell)).toBe(original);
      expect(isGuardedCell(cell)).toBe(cell !== original);
    }),
  );
});
