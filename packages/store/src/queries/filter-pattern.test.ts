import fc from "fast-check";
import { expect, test } from "vitest";

import { textPattern } from "./filter-pattern.ts";

const matches = (text: string, searched: string) =>
  new RegExp(textPattern(searched, "anywhere"), "u").test(text);

test("every character finds itself and its other letter cases, and nothing else", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 5 }), (text) => {
      expect(matches(text, text)).toBe(true);
      for (const char of Array.from(text)) {
        expect(textPattern(char, "anywhere").length).toBeLessThanOrEqual(char.length * 6);
        expect(matches("xyz", char)).toBe(/[xyz]/iu.test(char));
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ["ß", "ẞ"],
  ["σ", "ς"],
  ["K", "\u212A"],
  ["s", "ſ"],
  ["é", "É"],
  ["\u{10400}", "\u{10428}"],
  ["ǆ", "ǅ"],
])("%s and %s are the same letter", (one, other) => {
  expect(matches(one, other)).toBe(true);
  expect(matches(other, one)).toBe(true);
});

test.each([
  ["i", "ı"],
  ["i", "İ"],
  ["ß", "ss"],
  ["é", "e"],
])("%s and %s are not", (one, other) => {
  expect(matches(one, other)).toBe(false);
  expect(matches(other, one)).toBe(false);
});

test("the position is kept, also before a line end", () => {
  const at = (position: "start" | "end", text: string) =>
    new RegExp(textPattern("a.", position), "u").test(text);
  expect([at("start", "A.b"), at("start", "\nA."), at("start", "ab")]).toEqual([
    true,
    false,
    false,
  ]);
  expect([at("end", "bA."), at("end", "A.\n"), at("end", "A.b")]).toEqual([true, false, false]);
});
