import { queryInput } from "@call-log/model";
import { expect, test } from "vitest";

import {
  earlierMonths,
  fieldText,
  freeInAddress,
  momentIn,
  namedInAddress,
  namedRange,
  QUICK_RANGES,
  queryOfRange,
  rangeInWords,
  rangeOf,
} from "./time-range.ts";

const now = new Date("2026-11-24T03:12:00.000Z");
const address = (text: string) => new URLSearchParams(text);
const shown = (text: string, zone = "Europe/Berlin") => {
  const { from, to } = rangeOf(address(text), { now, zone });
  return [from?.toISOString(), to?.toISOString()];
};

test.each([
  ["", undefined, undefined],
  ["range=15m", "2026-11-24T02:57:00.000Z", undefined],
  ["range=24h", "2026-11-23T03:12:00.000Z", undefined],
  ["range=7d", "2026-11-17T23:00:00.000Z", undefined],
  ["range=today", "2026-11-23T23:00:00.000Z", undefined],
  ["range=yesterday", "2026-11-22T23:00:00.000Z", "2026-11-23T23:00:00.000Z"],
  ["range=this-month", "2026-10-31T23:00:00.000Z", undefined],
  ["range=last-month", "2026-09-30T22:00:00.000Z", "2026-10-31T23:00:00.000Z"],
  ["range=2026-09", "2026-08-31T22:00:00.000Z", "2026-09-30T22:00:00.000Z"],
  ["range=2026-12", "2026-11-30T23:00:00.000Z", "2026-12-31T23:00:00.000Z"],
  ["range=2026-13", undefined, undefined],
  ["range=soon&zone=Nowhere", undefined, undefined],
  ["range=last-month&zone=UTC", "2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"],
  ["since=2026-11-20&until=2026-11-20", "2026-11-19T23:00:00.000Z", "2026-11-20T23:00:00.000Z"],
  ["since=2026-11-20T03:00", "2026-11-20T02:00:00.000Z", undefined],
  ["since=2026-11-20T03:00:00Z", "2026-11-20T03:00:00.000Z", undefined],
  ["since=2026-11-20&zone=Asia/Tokyo", "2026-11-19T15:00:00.000Z", undefined],
  ["since=soon&until=2026-11-20T03:00:00.000Z", undefined, "2026-11-20T03:00:00.001Z"],
])("the address %j", (text, from, to) => {
  expect(shown(text)).toEqual([from, to]);
});

test("an address with its zone means the same in every browser", () => {
  const asked = address("range=2026-09&zone=Europe/Berlin");
  const of = (zone: string) => rangeOf(asked, { now, zone });
  expect(of("Asia/Tokyo")).toEqual(of("America/Los_Angeles"));
});

test("a screen has a range of its own for addresses without one", () => {
  expect(rangeOf(address(""), { now, zone: "UTC", usual: "30d" })).toEqual({
    from: new Date("2026-10-26T00:00:00.000Z"),
    zone: "UTC",
    name: "30d",
    label: "Last 30 days",
  });
});

test.each(Object.keys(QUICK_RANGES))("the server understands the range %s", (name) => {
  const query = queryOfRange(rangeOf(address(`range=${name}`), { now, zone: "UTC" }));
  expect(queryInput.safeParse(query).error).toBeUndefined();
});

test("the months before the last one can be chosen, over the turn of a year", () => {
  const months = earlierMonths({ now: new Date("2026-02-01T00:30:00Z"), zone: "UTC" }, 3);
  expect(months).toEqual(["2025-12", "2025-11", "2025-10"]);
  expect(months.map((name) => namedRange(name)?.label)[0]).toBe("December 2025");
});

test("what a picker writes is read again", () => {
  const put = (changes: Readonly<Record<string, string | undefined>>) =>
    address(
      new URLSearchParams(
        Object.entries(changes).flatMap(([name, value]) => (value ? [[name, value]] : [])),
      ).toString(),
    );
  const named = rangeOf(put(namedInAddress("2026-09", "Asia/Tokyo")), { now, zone: "UTC" });
  expect([named.label, named.zone]).toEqual(["September 2026", "Asia/Tokyo"]);
  const free = rangeOf(put(freeInAddress("2026-11-20T03:00:00", "", "Asia/Tokyo")), {
    now,
    zone: "UTC",
  });
  expect(free.from?.toISOString()).toBe("2026-11-19T18:00:00.000Z");
  expect(fieldText(free.from, free.zone)).toBe("2026-11-20T03:00:00");
});

test.each([
  ["", "All time"],
  ["range=24h", "Last 24 hours"],
  ["since=2026-11-20&until=2026-11-21", "20 Nov 2026 00:00 to 21 Nov 2026 23:59"],
  ["since=2026-11-20T03:12", "Since 20 Nov 2026 03:12"],
  ["until=2026-11-20T03:12", "Until 20 Nov 2026 03:12"],
])("%j in words", (text, words) => {
  expect(rangeInWords(rangeOf(address(text), { now, zone: "Europe/Berlin" }))).toBe(words);
});

test.each(["2026-02-31x", "soon", "", "2026-13-01"])("%j is no moment", (text) => {
  expect(momentIn(text, "UTC", "start")).toBeUndefined();
});
