import { expect, test } from "vitest";

import { listOfPeriod, periodOf, queryOfPeriod } from "./period.ts";

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

test("a period leads to the list of its calls", () => {
  const address = new URLSearchParams(listOfPeriod("last month", now, { status: "Busy" }).slice(2));
  expect(Object.fromEntries(address)).toEqual({
    status: "Busy",
    since: iso(2026, 9, 1),
    until: new Date(new Date(2026, 10, 1).getTime() - 1).toISOString(),
  });
  expect(listOfPeriod("all", now, { provider: "twilio" })).toBe("/?provider=twilio");
});

test.each([
  ["period=7+days", "7 days"],
  ["period=soon", "30 days"],
  ["", "30 days"],
])("the address %j is of %s", (address, period) => {
  expect(periodOf(new URLSearchParams(address))).toBe(period);
});
