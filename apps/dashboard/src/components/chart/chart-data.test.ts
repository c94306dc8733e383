import fc from "fast-check";
import { expect, test } from "vitest";

import {
  type ChartPoint,
  type ChartSeries,
  columnAt,
  drawnValues,
  greatestOf,
  patternOf,
  shownTicks,
} from "./chart-data.ts";

const series: ChartSeries[] = [
  { key: "reached", label: "Reached", tone: "good" },
  { key: "failed", label: "Failed", tone: "bad" },
];
const point = (reached: number, failed?: number): ChartPoint => ({
  key: String(reached),
  label: "x",
  values: { reached, failed },
});

test("bars stand on each other, lines do not", () => {
  const points = [point(6, 4), point(7)];
  expect(greatestOf("bars", { points, series })).toBe(10);
  expect(greatestOf("lines", { points, series })).toBe(7);
  expect(greatestOf("bars", { points: [point(0)], series })).toBe(1);
  expect(greatestOf("lines", { points: [], series })).toBe(1);
});

test("no part vanishes, and none appears, whatever the counts", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (reached, failed) => {
      const drawn = drawnValues(point(reached, failed), series, 500);
      expect(Object.values(drawn).map((value) => value >= 500)).toEqual([reached > 0, failed > 0]);
      expect(drawn["reached"]).toBe(reached > 0 ? Math.max(500, reached) : 0);
    }),
  );
});

test.each([
  [0, 0],
  [99, 0],
  [101, 1],
  [299, 2],
  [300, 2],
  [-5, 0],
  [900, 2],
])("at %d of 300 pixels is column %d of 3", (x, index) => {
  expect(columnAt(x, 300, 3)).toBe(index);
});

test("words below the axis have room", () => {
  const points = Array.from({ length: 10 }, (_, index) => ({ ...point(1), tick: `${index}` }));
  expect(shownTicks(points, 1000, 80)).toHaveLength(10);
  expect(shownTicks(points, 300, 80)).toEqual([0, 4, 8]);
  expect(shownTicks(points, 10, 80)).toEqual([0]);
  expect(shownTicks([point(1), { ...point(1), tick: "now" }], 300, 80)).toEqual([1]);
});

test("a series has the pattern of its colour, or its own", () => {
  const [first] = series;
  expect(patternOf(first!)).toBe("solid");
  expect(patternOf({ ...first!, pattern: "dotted" })).toBe("dotted");
});
