import fc from "fast-check";
import { expect, test } from "vitest";

import { cutText } from "./cut-text.ts";

test.each([
  ["down", 10, "down"],
  ["down", 2, "do"],
  ["a🔥🔥", 2, "a"],
  ["a🔥🔥", 3, "a🔥"],
  ["👩🏽‍🚒 down", 6, ""],
  ["👩🏽‍🚒 down", 8, "👩🏽‍🚒 "],
  ["e\u0301e\u0301", 3, "e\u0301"],
])("%j cut to %i is %j", (text, most, cut) => {
  expect(cutText(text, most)).toBe(cut);
});

test("no cut is longer than it may be, ends inside a character, or changes the text", () => {
  const text = fc.string({ unit: "grapheme" });
  fc.assert(
    fc.property(text, fc.nat({ max: 20 }), (whole, most) => {
      const cut = cutText(whole, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(whole.startsWith(cut)).toBe(true);
      expect(cut).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});
