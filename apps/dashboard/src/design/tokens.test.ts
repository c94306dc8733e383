import { describe, expect, test } from "vitest";

import { contrast } from "./contrast.ts";
import { GROUND, TONE_NAMES, TONES } from "./tokens.ts";

/** Least contrast of small text, and of a mark or line, by WCAG 2.2 AA. */
const [TEXT, MARK] = [4.5, 3];

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

describe.each(["light", "dark"] as const)("in the %s scheme", (scheme) => {
  const body = GROUND.body[scheme];

  test.each(TONE_NAMES)("%s can be read and seen", (name) => {
    const { mark, text, soft } = TONES[name][scheme];
    expect(contrast(text, soft)).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(text, body)).toBeGreaterThanOrEqual(TEXT);
    expect(contrast(mark, body)).toBeGreaterThanOrEqual(MARK);
  });

  test("text can be read on the page and on what the pointer is over; the focus is seen", () => {
    for (const ground of [body, GROUND.hover[scheme]]) {
      expect(contrast(GROUND.text[scheme], ground)).toBeGreaterThanOrEqual(7);
      expect(contrast(GROUND.dimmed[scheme], ground)).toBeGreaterThanOrEqual(TEXT);
      expect(contrast(GROUND.focus[scheme], ground)).toBeGreaterThanOrEqual(MARK);
    }
  });
});
