import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { quietHours, quietUntil } from "./quiet-hours.ts";

const NIGHT = { from: "22:00", to: "07:00" };
const BERLIN = "Europe/Berlin";
const HOWE = "Australia/Lord_Howe";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

// Both hemispheres, half an hour, both sides of midnight, none at all, and a country that changes around a month of its own.
const ZONES = [
  BERLIN,
  "America/New_York",
  "America/Santiago",
  "America/Havana",
  "Asia/Beirut",
  "Asia/Kolkata",
  "Africa/Casablanca",
  HOWE,
  "Australia/Sydney",
  "Pacific/Chatham",
];

const clockTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));

function clockOf(zone: string) {
  const options = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("en-GB", options);
}

/** Noons (UTC) of 2026 before which the clock was changed within a day; of a zone that never does, one noon. */
function changesOf(zone: string): number[] {
  const clock = clockOf(zone);
  const noons = Array.from({ length: 363 }, (_, day) => Date.UTC(2026, 0, 2 + day, 12));
  const changed = noons.filter((at) => clock.format(at) !== clock.format(at - 24 * HOUR_MS));
  return changed.length > 0 ? changed : noons.slice(0, 1);
}

interface Moment {
  hours: { from: string; to: string };
  zone: string;
  at: Date;
}

function byEveryMinute({ hours: { from, to }, zone, at }: Moment): Date | undefined {
  const clock = clockOf(zone);
  const isQuiet = (time: number) => {
    const shown = clock.format(time);
    return from < to ? shown >= from && shown < to : shown >= from || shown < to;
  };
  if (!isQuiet(at.getTime())) return undefined;
  let time = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
  while (isQuiet(time)) time += MINUTE_MS;
  return new Date(time);
}

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

  test.each([
    // In Berlin the clock goes from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
    [
      "end inside the skipped hour",
      "22:00 02:30 Europe/Berlin 2026-03-29T00:40Z",
      "2026-03-29T01:00Z",
    ],
    [
      "begin inside the skipped hour",
      "02:30 05:00 Europe/Berlin 2026-03-29T01:10Z",
      "2026-03-29T03:00Z",
    ],
    ["fall into the skipped hour", "02:10 02:50 Europe/Berlin 2026-03-29T00:59Z", undefined],
    [
      "end in the repeated hour, the first time",
      "22:00 02:30 Europe/Berlin 2026-10-25T00:10Z",
      "2026-10-25T00:30Z",
    ],
    [
      "end in the repeated hour, once more",
      "22:00 02:30 Europe/Berlin 2026-10-25T01:10Z",
      "2026-10-25T01:30Z",
    ],
    [
      "begin in the repeated hour, and pause with it",
      "02:30 02:59 Europe/Berlin 2026-10-25T00:40Z",
      "2026-10-25T00:59Z",
    ],
    [
      "begin again with the repeated hour",
      "02:30 07:00 Europe/Berlin 2026-10-25T00:40Z",
      "2026-10-25T01:00Z",
    ],
    // Lord Howe moves by half an hour: forward at 02:00 on 2026-10-04, back at 02:00 on 2026-04-05.
    [
      "end in a skipped half hour",
      "22:00 02:15 Australia/Lord_Howe 2026-10-03T15:00Z",
      "2026-10-03T15:30Z",
    ],
    [
      "end in a repeated half hour",
      "22:00 01:45 Australia/Lord_Howe 2026-04-04T14:40Z",
      "2026-04-04T14:45Z",
    ],
    [
      "end in a repeated half hour, once more",
      "22:00 01:45 Australia/Lord_Howe 2026-04-04T15:10Z",
      "2026-04-04T15:15Z",
    ],
  ])("%s", (_when, moment, until) => {
    const [from = "", to = "", zone = "", now = ""] = moment.split(" ");
    const over = quietUntil({ from, to }, zone, new Date(now));
    expect(over).toEqual(until === undefined ? undefined : new Date(until));
  });

  test("are over at the first minute that is not quiet by the clock there, around every change of the clock", () => {
    const hours = fc.tuple(clockTime, clockTime).map(([from, to]) => ({ from, to }));
    const moment = fc.constantFrom(...ZONES).chain((zone) =>
      fc.record({
        hours,
        zone: fc.constant(zone),
        at: fc
          .tuple(fc.constantFrom(...changesOf(zone)), fc.integer({ min: -2400, max: 120 }))
          .map(([change, minutes]) => new Date(change + minutes * MINUTE_MS + 12_345)),
      }),
    );
    fc.assert(
      fc.property(moment, (given) => {
        fc.pre(given.hours.from !== given.hours.to);
        expect(quietUntil(given.hours, given.zone, given.at)).toEqual(byEveryMinute(given));
      }),
      { numRuns: 200 },
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
