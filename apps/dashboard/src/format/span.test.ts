import { expect, test } from "vitest";

import { spanText } from "./span.ts";

/** A time by the clock on the wall of the machine that runs the test. */
const at = (day: number, hour = 0, minute = 0) =>
  new Date(2026, 10, day, hour, minute).toISOString();

test.each([
  [at(24, 3), at(24, 3, 5), "24 Nov 2026, 03:00–03:05"],
  [at(24, 23), at(25), "24 Nov 2026, 23:00–24:00"],
  [at(24), at(25), "Tue, 24 Nov 2026"],
  [at(23), at(30), "23 Nov 2026 – 29 Nov 2026"],
  [at(24, 22), at(25, 4), "24 Nov 2026, 22:00 – 25 Nov 2026, 04:00"],
])("%s to %s", (from, to, words) => {
  expect(spanText(from, to)).toBe(words);
});
