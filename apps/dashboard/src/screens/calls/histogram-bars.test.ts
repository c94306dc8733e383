import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  atLeast,
  barsOf,
  type Bucket,
  brushed,
  bucketAt,
  callsIn,
  GROUPS,
  totalsOf,
} from "./histogram-bars.ts";

const at = (minute: number) => `2026-11-24T03:0${minute}:00.000Z`;
const buckets: Bucket[] = [
  { from: at(0), counts: { reached: 6, failed: 4 } },
  { from: at(1), counts: {} },
  { from: at(2), counts: { unknown: 1 } },
];

test("the fullest bar is as high as the chart, parts stand on each other", () => {
  const [full, empty] = barsOf(buckets);
  expect(full).toEqual([
    { group: "reached", y: 0.4, height: 0.6 },
    { group: "failed", y: 0, height: 0.4 },
  ]);
  expect(empty).toEqual([]);
});

test("no part leaves the chart or vanishes, whatever the counts", () => {
  const counts = fc.record(Object.fromEntries(GROUPS.map((group) => [group, fc.nat(1_000_000)])));
  fc.assert(
    fc.property(fc.array(counts, { maxLength: 10 }), (all) => {
      for (const [index, parts] of barsOf(
        all.map((one) => ({ from: at(0), counts: one })),
      ).entries()) {
        expect(parts).toHaveLength(Object.values(all[index]!).filter((calls) => calls > 0).length);
        for (const { y, height } of parts) {
          expect(y).toBeGreaterThanOrEqual(-1e-9);
          expect(y + height).toBeLessThanOrEqual(1 + 1e-9);
        }
      }
    }),
  );
});

test("a chart of few buckets begins earlier", () => {
  const padded = atLeast(5, buckets, "minute");
  expect(padded.map(({ from }) => from.slice(14, 16))).toEqual(["58", "59", "00", "01", "02"]);
  expect(atLeast(3, buckets, "minute")).toEqual(buckets);
  expect(atLeast(3, [], "minute")).toEqual([]);
});

test("totals leave out what there is none of", () => {
  expect(totalsOf(buckets).map(({ group, calls }) => [group, calls])).toEqual([
    ["reached", 6],
    ["failed", 4],
    ["unknown", 1],
  ]);
  expect(buckets.map(callsIn)).toEqual([10, 0, 1]);
});

describe("brushing", () => {
  test.each([
    [0, 0],
    [99, 0],
    [101, 1],
    [299, 2],
    [300, 2],
    [-5, 0],
    [900, 2],
  ])("at %d of 300 pixels is bucket %d of 3", (x, index) => {
    expect(bucketAt(x, 300, 3)).toBe(index);
  });

  test.each([
    [0, 1, at(0), "2026-11-24T03:01:59.999Z"],
    [2, 1, at(1), "2026-11-24T03:02:59.999Z"],
    [2, 2, at(2), "2026-11-24T03:02:59.999Z"],
  ])("from %d to %d", (a, b, ...[since, until]) => {
    expect(brushed({ buckets, to: at(3) }, a, b)).toEqual({ since, until });
  });
});
