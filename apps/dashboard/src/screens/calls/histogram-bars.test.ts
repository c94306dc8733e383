import { expect, test } from "vitest";

import { atLeast, type Bucket, brushed, pointsOf, seriesOf, statusesOf } from "./histogram-bars.ts";

const at = (minute: number) => `2026-11-24T03:0${minute}:00.000Z`;
const buckets: Bucket[] = [
  { from: at(0), counts: { reached: 6, failed: 4 } },
  { from: at(1), counts: {} },
  { from: at(2), counts: { unknown: 1, other: 3 } },
];

test("a chart of few buckets begins earlier", () => {
  const padded = atLeast(5, buckets, "minute");
  expect(padded.map(({ from }) => from.slice(14, 16))).toEqual(["58", "59", "00", "01", "02"]);
  expect(atLeast(3, buckets, "minute")).toEqual(buckets);
  expect(atLeast(3, [], "minute")).toEqual([]);
});

test("series leave out what there is none of; imported statuses are no filter", () => {
  expect(seriesOf(buckets).map(({ label, note, isFixed }) => [label, note, isFixed])).toEqual([
    ["Reached", "6", undefined],
    ["Failed", "4", undefined],
    ["Unknown", "1", undefined],
    ["Imported", "3", true],
  ]);
  expect(statusesOf("not-reached")).toBe("Not Reached,Busy,No Answer,Expired");
});

test("a column is a bucket with its time in words", () => {
  const points = pointsOf({ buckets, to: at(3) });
  expect(points.map(({ label }) => label.slice(-11))).toEqual(
    [0, 1, 2].map((minute) => {
      const clock = (one: number) => new Date(at(one)).toTimeString().slice(0, 5);
      return `${clock(minute)}–${clock(minute + 1)}`;
    }),
  );
  expect(points.map(({ values }) => values)).toEqual(buckets.map(({ counts }) => counts));
});

test.each([
  [0, 1, at(0), "2026-11-24T03:01:59.999Z"],
  [1, 2, at(1), "2026-11-24T03:02:59.999Z"],
  [2, 2, at(2), "2026-11-24T03:02:59.999Z"],
])("the filters of the buckets %d to %d", (first, last, ...[since, until]) => {
  expect(brushed({ buckets, to: at(3) }, first, last)).toEqual({ since, until });
});
