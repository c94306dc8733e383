import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { bucketsOf } from "./histogram-buckets.ts";

const span = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });
const iso = (dates: readonly Date[]) => dates.map((date) => date.toISOString().slice(0, 16));

describe("a span gets the smallest size that is large enough", () => {
  test.each([
    ["2026-11-24T03:10:20Z", "2026-11-24T03:12:00Z", 60, "minute", 2],
    ["2026-11-24T03:00:00Z", "2026-11-24T04:00:00Z", 60, "minute", 60],
    ["2026-11-24T03:00:00Z", "2026-11-24T04:00:01Z", 60, "5 minutes", 13],
    ["2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z", 24, "hour", 24],
    ["2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z", 60, "day", 30],
    ["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 60, "week", 53],
    ["2016-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 120, "month", 120],
    ["1970-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 100, undefined, 100],
    ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", 1, "day", 1],
  ])("%s to %s, at most %d: %s", (from, to, ...[most, size, count]) => {
    const buckets = bucketsOf(span(from, to), Number(most), "UTC");
    expect([buckets.size, buckets.starts.length]).toEqual([size, count]);
  });
});

describe("days are those of the zone", () => {
  test("where the clock is put back", () => {
    const { starts, end } = bucketsOf(
      span("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z"),
      3,
      "Europe/Berlin",
    );
    expect(iso([...starts, end])).toEqual([
      "2026-10-23T22:00",
      "2026-10-24T22:00",
      "2026-10-25T23:00",
      "2026-10-26T23:00",
    ]);
  });

  test("where a day begins at one o'clock, since midnight is skipped", () => {
    const { starts } = bucketsOf(
      span("2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z"),
      4,
      "Asia/Beirut",
    );
    expect(iso(starts)).toEqual(["2026-03-27T22:00", "2026-03-28T22:00", "2026-03-29T21:00"]);
  });

  test("and weeks begin on Monday", () => {
    const { starts } = bucketsOf(span("2026-11-24T00:00:00Z", "2026-12-24T00:00:00Z"), 6, "UTC");
    expect(iso(starts)[0]).toBe("2026-11-23T00:00");
  });
});

test("any span is covered without a gap, in order, by no more than was asked for", () => {
  const zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"];
  const moment = fc.date({
    min: new Date("1990-01-01"),
    max: new Date("2040-01-01"),
    noInvalidDate: true,
  });
  const asked = fc.record({
    from: moment,
    ms: fc.oneof(fc.integer({ min: 1, max: 4e7 }), fc.integer({ min: 1, max: 4e11 })),
    count: fc.integer({ min: 1, max: 120 }),
    zone: fc.constantFrom(...zones),
  });
  fc.assert(
    fc.property(asked, ({ from, ms, count, zone }) => {
      const to = new Date(from.getTime() + ms);
      const { starts, end } = bucketsOf({ from, to }, count, zone);
      expect(starts.length).toBeLessThanOrEqual(count);
      expect(starts.length).toBeGreaterThan(0);
      const edges = [...starts, end].map((date) => date.getTime());
      expect(edges).toEqual(edges.toSorted((a, b) => a - b));
      expect(new Set(edges).size).toBe(edges.length);
      expect(edges[0]).toBeLessThanOrEqual(from.getTime());
      expect(edges.at(-1)).toBeGreaterThanOrEqual(to.getTime());
    }),
  );
});
