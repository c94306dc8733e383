import fc from "fast-check";
import { expect, test } from "vitest";

import { maskedNumber, withMaskedNumbers } from "./masked-number.ts";

test.each([
  ["+15550100100", "+1555•••••00"],
  ["+491511234567890", "+4915•••••••••90"],
  ["+4930123", "+4••••23"],
  ["+49", "•••"],
  ["", ""],
])("%s is shown as %s", (number, shown) => {
  expect(maskedNumber(number)).toBe(shown);
});

test("of any number at least four characters are hidden, and its length stays", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+\d{4,15}$/), (number) => {
      const shown = maskedNumber(number);
      expect(shown).toHaveLength(number.length);
      expect(shown.split("•").length - 1).toBeGreaterThanOrEqual(4);
    }),
  );
});

test.each([
  [
    "The number +15550100100 is unverified (21219)",
    "The number +••••••••••• is unverified (21219)",
  ],
  ["Call +49 (30) 1234-5678 back", "Call +•• (••) ••••-•••• back"],
  ["030/123456, or 0049.30.123456", "•••/••••••, or ••••.••.••••••"],
  ["(555) 010-0100", "(•••) •••-••••"],
  ["٠١٢٣٤٥٦٧", "••••••••"],
  ["sip:15550100100@example.org", "sip:•••••••••••@example.org"],
  ["quiet until 2026-11-26T06:00:00.000Z", "quiet until 2026-11-26T06:00:00.000Z"],
  ["call 0198f2a4-1111-7000-8000-000000000001", "call 0198f2a4-1111-7000-8000-000000000001"],
  ["CA01234567890123456789012345678901 is over", "CA01234567890123456789012345678901 is over"],
  ["1 of 3 attempts, 0.10 USD, code 21219", "1 of 3 attempts, 0.10 USD, code 21219"],
])("%j is shown as %j", (text, shown) => {
  expect(withMaskedNumbers(text)).toBe(shown);
});

test("of a number in a text no digit is left, however it is written", () => {
  const separators = fc.stringMatching(/^[ ()./-]{0,3}$/);
  const written = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), separators), {
    minLength: 7,
    maxLength: 15,
  });
  fc.assert(
    fc.property(fc.constantFrom("", "+", "tel:"), written, (prefix, digits) => {
      const text = `Call ${prefix}${digits.map(([digit, after]) => `${digit}${after}`).join("")} now`;
      fc.pre(!/\d{4}-\d\d-\d\d/.test(text));
      expect(withMaskedNumbers(text)).not.toMatch(/\d/);
    }),
  );
});
