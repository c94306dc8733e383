import { expect, test } from "vitest";

import { timeTicks } from "./time-ticks.ts";

type Start = readonly [year: number, month: number, day: number, hour: number, minute: number];

/** Times by the clock on the wall of the machine that runs the test, a step of minutes apart. */
const times = (count: number, minutes: number, from: Start = [2026, 10, 23, 22, 0]) =>
  Array.from({ length: count }, (_, index) =>
    new Date(from[0], from[1], from[2], from[3], from[4] + index * minutes).toISOString(),
  );
const shown = (starts: readonly string[], most: number) =>
  timeTicks(starts, most).flatMap((words, index) => (words === undefined ? [] : [[index, words]]));

test("minutes have words at round times, midnight names the day", () => {
  expect(shown(times(48, 5), 5)).toEqual([
    [0, "22:00"],
    [12, "23:00"],
    [24, "24 Nov"],
    [36, "01:00"],
  ]);
});

test("words come at the first column after a round time that no column begins at", () => {
  expect(shown(times(6, 60, [2026, 10, 23, 22, 30]), 3)).toEqual([
    [2, "00:30"],
    [5, "03:30"],
  ]);
});

test("days begin at midnight, weeks on Mondays, months on the first", () => {
  expect(shown(times(4, 24 * 60, [2026, 10, 21, 0, 0]), 9).map(([, words]) => words)).toEqual([
    "21 Nov",
    "22 Nov",
    "23 Nov",
    "24 Nov",
  ]);
  expect(shown(times(30, 24 * 60, [2026, 10, 1, 0, 0]), 5).map(([, words]) => words)).toEqual([
    "2 Nov",
    "9 Nov",
    "16 Nov",
    "23 Nov",
    "30 Nov",
  ]);
  expect(shown(times(90, 24 * 60, [2026, 8, 1, 0, 0]), 3).map(([, words]) => words)).toEqual([
    "Sept 2026",
    "Oct 2026",
    "Nov 2026",
  ]);
});

test("one column has words only at a round time, none has none", () => {
  expect(timeTicks([], 5)).toEqual([]);
  expect(shown(times(1, 5), 5)).toEqual([[0, "22:00"]]);
});
