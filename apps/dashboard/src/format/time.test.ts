import { expect, test } from "vitest";

import { gap } from "./time.ts";

test.each([
  [0.04, "0 s"],
  [0.44, "0.4 s"],
  [12.3, "12 s"],
  [60, "1 min"],
  [185, "3 min 5 s"],
  [7440, "2 h 4 min"],
  [266_400, "3 d 2 h"],
  [-5, "0 s"],
])("%d seconds are %s", (seconds, text) => {
  const from = "2026-11-24T03:12:00.000Z";
  expect(gap(from, new Date(Date.parse(from) + seconds * 1000).toISOString())).toBe(text);
});
