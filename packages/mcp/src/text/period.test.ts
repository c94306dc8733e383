import { expect, test } from "vitest";

import { parseMoment, parsePeriod } from "./period.ts";

// A Tuesday, 01:30 in Berlin.
const NOW = new Date("2026-11-24T00:30:00.000Z");
const shown = (period: ReturnType<typeof parsePeriod>) =>
  period && `${period.from.toISOString()} ${period.to.toISOString()}`.replaceAll(":00.000Z", "Z");

test.each([
  ["today", "2026-11-24T00:00Z 2026-11-25T00:00Z"],
  ["Yesterday", "2026-11-23T00:00Z 2026-11-24T00:00Z"],
  ["last night", "2026-11-23T20:00Z 2026-11-24T08:00Z"],
  ["last 2 hours", "2026-11-23T22:30Z 2026-11-24T00:30Z"],
  ["past 30  minutes", "2026-11-24T00:00Z 2026-11-24T00:30Z"],
  ["last day", "2026-11-23T00:30Z 2026-11-24T00:30Z"],
  ["this week", "2026-11-23T00:00Z 2026-11-30T00:00Z"],
  ["last week", "2026-11-16T00:00Z 2026-11-23T00:00Z"],
  ["this month", "2026-11-01T00:00Z 2026-12-01T00:00Z"],
  ["last month", "2026-10-01T00:00Z 2026-11-01T00:00Z"],
  ["last year", "2025-01-01T00:00Z 2026-01-01T00:00Z"],
  ["October", "2026-10-01T00:00Z 2026-11-01T00:00Z"],
  ["december", "2025-12-01T00:00Z 2026-01-01T00:00Z"],
  ["February 2024", "2024-02-01T00:00Z 2024-03-01T00:00Z"],
  ["2026-10", "2026-10-01T00:00Z 2026-11-01T00:00Z"],
  ["2026-10-05", "2026-10-05T00:00Z 2026-10-06T00:00Z"],
  ["2026-10-05/2026-10-07", "2026-10-05T00:00Z 2026-10-08T00:00Z"],
  ["2026-10-05 to now", "2026-10-05T00:00Z 2026-11-24T00:30Z"],
  ["2026-11-23T03:00Z / 2026-11-23T04:00:00+00:30", "2026-11-23T03:00Z 2026-11-23T03:30Z"],
])("in UTC, %s is %s", (words, period) => {
  expect(shown(parsePeriod(words, { now: NOW, timeZone: "UTC" }))).toBe(period);
});

test.each([
  ["today", "2026-11-23T23:00Z 2026-11-24T23:00Z"],
  // The clock goes back on 25 October: the day has 25 hours.
  ["2026-10-25", "2026-10-24T22:00Z 2026-10-25T23:00Z"],
  ["October", "2026-09-30T22:00Z 2026-10-31T23:00Z"],
])("in Berlin, %s is %s", (words, period) => {
  expect(shown(parsePeriod(words, { now: NOW, timeZone: "Europe/Berlin" }))).toBe(period);
});

test.each([
  "",
  "soon",
  "last hours",
  "2026-13",
  "2026-02-30",
  "2026-10-07 to 2026-10-05",
  "0000",
  "last 9999 weeks",
  "constructor",
])("%j is no span of time", (words) => {
  expect(parsePeriod(words, { now: NOW, timeZone: "UTC" })).toBeUndefined();
});

test.each([
  ["03:10", "2026-11-24T02:10:00.000Z"],
  ["yesterday 23:05", "2026-11-23T22:05:00.000Z"],
  ["2026-11-24 03:10", "2026-11-24T02:10:00.000Z"],
  ["2026-11-24T03:10:00", "2026-11-24T02:10:00.000Z"],
  ["2026-11-24T03:10:00Z", "2026-11-24T03:10:00.000Z"],
  ["2 hours ago", "2026-11-23T22:30:00.000Z"],
  ["now", NOW.toISOString()],
  ["October", "2026-09-30T22:00:00.000Z"],
])("in Berlin, since %s is %s", (words, moment) => {
  const clock = { now: NOW, timeZone: "Europe/Berlin" };
  expect(parseMoment(words, clock, "from")?.toISOString()).toBe(moment);
});

test.each(["25:00", "2026-02-30 03:10", "2026-02-30T03:10:00+99:99", "03:60", "ago"])(
  "%j is no moment",
  (words) => {
    expect(parseMoment(words, { now: NOW, timeZone: "UTC" }, "to")).toBeUndefined();
  },
);
