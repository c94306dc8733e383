import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { quietHours, quietUntil } from "./quiet-hours.ts";

const NIGHT = { from: "22:00", to: "07:00" };
const BERLIN = "Europe/Berlin";

describe("quiet hours", () => {
  test.each([
    [
      "in the evening",
      { hours: NIGHT, zone: BERLIN, now: "2026-11-24T21:30:10Z", until: "2026-11-25T06:00:00Z" },
    ],
    [
      "after midnight",
      { hours: NIGHT, zone: BERLIN, now: "2026-11-24T02:00:00Z", until: "2026-11-24T06:00:00Z" },
    ],
    ["not by day", { hours: NIGHT, zone: BERLIN, now: "2026-11-24T12:00:00Z", until: undefined }],
    [
      "not in the minute when they end",
      { hours: NIGHT, zone: BERLIN, now: "2026-11-24T06:00:00Z", until: undefined },
    ],
    [
      "by the zone",
      { hours: NIGHT, zone: "Asia/Tokyo", now: "2026-11-24T12:00:00Z", until: undefined },
    ],
    [
      "by the zone, at night there",
      {
        hours: NIGHT,
        zone: "Asia/Tokyo",
        now: "2026-11-24T15:00:00Z",
        until: "2026-11-24T22:00:00Z",
      },
    ],
    [
      "over noon",
      {
        hours: { from: "12:00", to: "14:00" },
        zone: BERLIN,
        now: "2026-11-24T11:30:00Z",
        until: "2026-11-24T13:00:00Z",
      },
    ],
    [
      "while the clock goes back",
      { hours: NIGHT, zone: BERLIN, now: "2026-10-24T21:00:00Z", until: "2026-10-25T06:00:00Z" },
    ],
    [
      "while the clock goes forward",
      { hours: NIGHT, zone: BERLIN, now: "2026-03-28T22:00:00Z", until: "2026-03-29T05:00:00Z" },
    ],
  ])("%s", (_when, { hours, zone, now, until }) => {
    const over = quietUntil(hours, zone, new Date(now));
    expect(over).toEqual(until === undefined ? undefined : new Date(until));
  });

  test("always end, within a day and an hour, at a moment that is not quiet", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    const zone = fc.constantFrom(BERLIN, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
    const now = fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2027-01-01"),
      noInvalidDate: true,
    });
    const moment = fc.record({ hours: fc.record({ from: time, to: time }), inZone: zone, at: now });
    fc.assert(
      fc.property(moment, ({ hours, inZone, at }) => {
        const until = quietUntil(hours, inZone, at);
        fc.pre(hours.from !== hours.to && until !== undefined);
        const waitMs = until!.getTime() - at.getTime();
        expect(waitMs).toBeGreaterThan(0);
        expect(waitMs).toBeLessThanOrEqual(25 * 3_600_000);
        expect(quietUntil(hours, inZone, until!)).toBeUndefined();
      }),
    );
  });

  test.each([
    [{ ...NIGHT, timeZone: "Europe/Atlantis" }, /IANA/],
    [{ from: "25:00", to: "07:00", timeZone: BERLIN }, /time of day/],
    [{ from: "07:00", to: "07:00", timeZone: BERLIN }, /differ/],
    [NIGHT, /./],
  ])("%j is refused", (input, message) => {
    expect(quietHours.safeParse(input).error?.message).toMatch(message);
  });
});
