import { expect, test } from "vitest";

import { rangeOf } from "../components/time-range/time-range.ts";
import { comparedRange, comparisonOf } from "./compared-range.ts";

const now = new Date("2026-11-24T03:12:00.000Z");

function compared(text: string, zone = "Europe/Berlin", at = now) {
  const address = new URLSearchParams(text);
  const found = comparedRange(address, rangeOf(address, { now: at, zone }), at);
  return found && [found.from?.toISOString(), found.to?.toISOString()];
}

test.each([
  [
    "a month and the one before, over the change of the clock",
    "range=2026-10&compare=previous",
    ["2026-08-31T22:00:00.000Z", "2026-09-30T22:00:00.000Z"],
  ],
  [
    "a month that is not over, and as much of the one before",
    "range=this-month&compare=previous",
    ["2026-09-30T22:00:00.000Z", "2026-10-24T02:12:00.000Z"],
  ],
  [
    "a week of days, by the clock",
    "since=2026-10-26&until=2026-11-01&compare=previous",
    ["2026-10-18T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
  ],
  [
    "two months and the two before",
    "since=2026-09-01&until=2026-10-31&compare=previous",
    ["2026-06-30T22:00:00.000Z", "2026-08-31T22:00:00.000Z"],
  ],
  [
    "the same days of the month before",
    "since=2026-11-10&until=2026-11-11&compare=month",
    ["2026-10-09T22:00:00.000Z", "2026-10-11T22:00:00.000Z"],
  ],
  [
    "a period of its own",
    "range=2026-10&compare=free&compare-since=2026-01-01&compare-until=2026-01-31",
    ["2025-12-31T23:00:00.000Z", "2026-01-31T23:00:00.000Z"],
  ],
  [
    "a period that ends before it begins",
    "compare=free&compare-since=2026-02-01&compare-until=2026-01-31",
    undefined,
  ],
  ["half a period", "compare=free&compare-since=2026-02-01", undefined],
  ["all time", "compare=previous", undefined],
  ["all time, a month before", "compare=month", undefined],
  ["nothing", "range=2026-10", undefined],
] as const)("%s", (_case, text, span) => {
  expect(compared(text)).toEqual(span);
});

test("the last days of a long month are compared with the last of a short one", () => {
  const at = new Date("2026-03-31T12:00:00Z");
  expect(compared("range=this-month&compare=previous", "UTC", at)).toEqual([
    "2026-02-01T00:00:00.000Z",
    "2026-02-28T12:00:00.000Z",
  ]);
});

test("an unknown comparison is none", () => {
  expect(comparisonOf(new URLSearchParams("compare=toString"))).toBe("none");
});
