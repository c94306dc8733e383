import fc from "fast-check";
import { expect, test } from "vitest";

import { searchTerms } from "./search-terms.ts";

const DE = ["DE"];

test.each([
  ["+49 151 2345-678", DE, ["+491512345678"], undefined],
  ["0049 151 2345678", DE, ["+491512345678"], "491512345678"],
  ["0151 2345678", DE, ["+491512345678"], "1512345678"],
  ["0151", DE, ["+49151"], "151"],
  ["0151 23", DE, ["+4915123"], "15123"],
  ["(555) 010-0100", ["US"], ["+15550100100"], "5550100100"],
  ["0100", ["US"], ["+1100"], "100"],
  ["5678", [], ["+5678"], "5678"],
  ["07911 123456", ["GB", "DE"], ["+447911123456", "+497911123456"], "7911123456"],
  ["12", DE, [], undefined],
  ["+1", DE, [], undefined],
  ["Grace 5678", DE, [], undefined],
  ["5678", ["nowhere"], ["+5678"], "5678"],
])("the number %j from %j", (...[text, countries, starts, digits]) => {
  const terms = searchTerms(text, countries);
  expect(starts.filter((start) => !terms.numberStarts.includes(start))).toEqual([]);
  expect(terms.numberStarts.length === 0).toBe(starts.length === 0);
  expect(terms.digits).toBe(digits);
});

test.each([
  ["376D7300-28fe-11f1-b591-3fdcef396aba", "376d7300-28fe-11f1-b591-3fdcef396aba", true],
  ["5f8b9c0de1a24b3c8d5e6f7a", "5f8b9c0de1a24b3c8d5e6f7a", true],
  ["376d7300", "376d7300", false],
  ["376d7300-28fe-1", "376d7300-28fe-1", false],
  ["376d730", undefined, false],
  ["CAx76d7300", undefined, false],
  ["Grace 376d7300", undefined, false],
])("the id %j", (text, start, isWhole) => {
  const { callIdStart, id } = searchTerms(text, []);
  expect([callIdStart, id !== undefined]).toEqual([start, isWhole]);
});

test("a provider's id keeps its letter case", () => {
  expect(searchTerms(" CA0123abc ", []).providerCallId).toBe("CA0123abc");
  expect(searchTerms("two words", []).providerCallId).toBeUndefined();
});

const numbers = fc.constantFrom("+491512345678", "+15550100100", "+442079460958");
const separator = fc.constantFrom("", "", " ", "-", ".", "/", " (", ") ", "\u2011", "\u00a0");

test("a number is found whatever separates its digits, and by its end", () => {
  fc.assert(
    fc.property(
      numbers,
      fc.array(separator, { minLength: 16, maxLength: 16 }),
      fc.nat(8),
      (number, separators, from) => {
        const digits = number.slice(1).split("");
        const spread = (part: readonly string[]) =>
          part.map((digit, index) => `${separators[index] ?? ""}${digit}`).join("");
        expect(searchTerms(`+${spread(digits)}`, []).numberStarts).toEqual([number]);
        expect(searchTerms(`00${spread(digits)}`, []).numberStarts).toContain(number);
        const end = digits.slice(from);
        const { digits: found = "-" } = searchTerms(spread(end), []);
        expect(number.endsWith(found)).toBe(true);
      },
    ),
  );
});

test("any text at all means something, and nothing but digits is taken for a number", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(DE, [], ["US", "GB"]),
      (text, countries) => {
        const { text: kept, numberStarts, digits = "" } = searchTerms(text, countries);
        expect(kept).toBe(text.trim());
        for (const start of numberStarts) expect(start).toMatch(/^\+[1-9]\d+$/);
        expect(digits).toMatch(/^\d*$/);
      },
    ),
  );
});
