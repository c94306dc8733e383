import { expect, test } from "vitest";

import { ageText } from "./age.ts";

const now = Date.parse("2026-11-24T03:12:00.000Z");

test.each([
  [-0.4, "now"],
  [2, "now"],
  [-7, "5 sec ago"],
  [-59, "55 sec ago"],
  [-61, "1 min ago"],
  [-7199, "1 hr ago"],
  [-86_400, "1 day ago"],
  [90_000, "in 1 day"],
  [-40 * 86_400, "1 mo ago"],
  [-800 * 86_400, "2 yr ago"],
])("%d seconds from now is %s", (seconds, text) => {
  expect(ageText(new Date(now + seconds * 1000).toISOString(), now)).toBe(text);
});

test("what is no time has no age", () => {
  expect(ageText("soon", now)).toBe("");
});
