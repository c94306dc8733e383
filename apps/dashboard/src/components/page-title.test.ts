import { expect, test } from "vitest";

import { pageTitle } from "./page-title.ts";

test.each([
  ["Calls", "Calls – call-log"],
  ["Reached:\n Anna", "Reached: Anna – call-log"],
  ["", "call-log"],
  ["x".repeat(80), `${"x".repeat(59)}… – call-log`],
])("%s", (words, title) => {
  expect(pageTitle(words)).toBe(title);
});
