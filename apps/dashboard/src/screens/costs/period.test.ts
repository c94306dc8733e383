import { expect, test } from "vitest";

import { queryOfPeriod } from "./period.ts";

const now = new Date(2026, 10, 24, 3, 12);
const iso = (...day: [number, number, number]) => new Date(...day).toISOString();

test.each([
  ["today", { $gte: iso(2026, 10, 24) }],
  ["7 days", { $gte: iso(2026, 10, 18) }],
  ["30 days", { $gte: iso(2026, 9, 26) }],
  ["this month", { $gte: iso(2026, 10, 1) }],
  ["last month", { $gte: iso(2026, 9, 1), $lt: iso(2026, 10, 1) }],
] as const)("%s", (period, createdAt) => {
  expect(queryOfPeriod(period, now)).toEqual({ createdAt });
});

test("all", () => {
  expect(queryOfPeriod("all", now)).toEqual({});
});
