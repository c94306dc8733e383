import fc from "fast-check";
import { expect, test } from "vitest";

import { isZone, momentOf, wallTime } from "./zoned-time.ts";

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"];

test("a moment's wall time is that moment again, except in the hour that comes twice", () => {
  const moment = fc.date({
    min: new Date("2000-01-01T00:00:00Z"),
    max: new Date("2060-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, fc.constantFrom(...ZONES), (date, zone) => {
      const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
      const back = momentOf(wallTime(whole, zone), zone);
      expect(wallTime(back, zone)).toEqual(wallTime(whole, zone));
      expect([0, 3600_000]).toContain(whole.getTime() - back.getTime());
    }),
  );
});

test.each([
  ["summer", "2026-07-01T00:00", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
  ["skipped", "2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["twice", "2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
  ["the day after the change", "2026-10-26T00:00", "Europe/Berlin", "2026-10-25T23:00:00.000Z"],
])("%s", (...[, text, zone, iso]) => {
  const [year, month, day, hour, minute] = text.split(/\D/).map(Number);
  const wall = { year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: 0 };
  expect(momentOf(wall, zone).toISOString()).toBe(iso);
});

test("a month after December is in the next year", () => {
  const wall = { year: 2026, month: 13, day: 1, hour: 0, minute: 0, second: 0 };
  expect(momentOf(wall, "America/New_York").toISOString()).toBe("2027-01-01T05:00:00.000Z");
});

test("a zone is known by its name", () => {
  expect(isZone("Asia/Tokyo")).toBe(true);
  expect(isZone("Nowhere/Else")).toBe(false);
});
