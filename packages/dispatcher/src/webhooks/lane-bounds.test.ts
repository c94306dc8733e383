import { expect, test } from "vitest";

import { createLaneBounds } from "./lane-bounds.ts";

test("a lane begins with few, gets one more with each arrival up to a bound, and one after a failure", () => {
  const bounds = createLaneBounds();
  expect(bounds.of("a")).toBe(4);
  bounds.note("a", true);
  expect(bounds.of("a")).toBe(5);
  for (let arrivals = 0; arrivals < 50; arrivals += 1) bounds.note("a", true);
  expect(bounds.of("a")).toBe(16);
  bounds.note("a", false);
  expect(bounds.of("a")).toBe(1);
  bounds.note("a", true);
  expect(bounds.of("a")).toBe(2);
  expect(bounds.of("b")).toBe(4);
});

test("no more than ten thousand lanes are remembered, the latest ones", () => {
  const bounds = createLaneBounds();
  for (let lane = 0; lane <= 10_000; lane += 1) bounds.note(String(lane), false);
  expect([bounds.of("0"), bounds.of("1"), bounds.of("10000")]).toEqual([4, 1, 1]);
});
