import { expect, test } from "vitest";

import { forecastOfPeriod, forecastOfPrepaid, utcPeriod } from "./forecast.ts";

const at = (text: string) => new Date(`2026-${text}Z`);
const month = utcPeriod("month", at("10-16T12:00:00"));

test("a day and a month are those of UTC", () => {
  expect(month).toEqual({ from: at("10-01T00:00:00"), to: at("11-01T00:00:00") });
  expect(utcPeriod("day", at("10-31T23:59:59"))).toEqual({
    from: at("10-31T00:00:00"),
    to: at("11-01T00:00:00"),
  });
  expect(utcPeriod("month", at("12-31T00:00:00")).to).toEqual(new Date("2027-01-01T00:00:00Z"));
});

test.each([
  [{ capUSD: 100, committedUSD: 100 }, { kind: "gone" }],
  [{ capUSD: 100, committedUSD: 0 }, { kind: "nothing" }],
  [
    { capUSD: 100, committedUSD: 40 },
    { kind: "fits", endUSD: 80 },
  ],
  // After half of the month, 60 of 75: the rest lasts for a quarter of what is over.
  [
    { capUSD: 75, committedUSD: 60 },
    { kind: "used-up", at: at("10-20T09:00:00"), endUSD: 120 },
  ],
])("half a month with %j leads to %j", (spent, forecast) => {
  expect(forecastOfPeriod(spent, month, at("10-16T12:00:00"))).toEqual(forecast);
});

test("the first hours of a month say nothing yet", () => {
  const spent = { capUSD: 100, committedUSD: 40 };
  expect(forecastOfPeriod(spent, month, at("10-01T06:00:00"))).toEqual({ kind: "early" });
});

test.each([
  [0.5, { kind: "used-up", at: at("10-26T12:00:00"), endUSD: undefined }],
  [0, { kind: "nothing" }],
  [undefined, { kind: "early" }],
])("5 dollars of prepaid money at %s a day", (perDay, forecast) => {
  const spent = { capUSD: 20, committedUSD: 15 };
  expect(forecastOfPrepaid(spent, perDay, at("10-16T12:00:00"))).toEqual(forecast);
});
