import { expect, test } from "vitest";

import type { ChartKind, ChartSeries } from "./chart-data.ts";
import { spokenWords } from "./spoken-words.ts";
import { wordsOfColumns } from "./value-text.ts";

const series: ChartSeries[] = [
  { key: "reached", label: "Reached", tone: "good" },
  { key: "failed", label: "Failed", tone: "bad" },
];
const points = [
  { key: "a", label: "03:00", values: { reached: 1200, failed: 1 } },
  { key: "b", label: "04:00", values: { reached: 5 } },
  { key: "c", label: "05:00", values: { failed: 0 } },
];
const words = (first: number, last: number, kind: ChartKind = "bars") => {
  const { title, lines, total } = wordsOfColumns({ kind, series, points }, { first, last });
  return [title, lines.map(({ series: { label }, value }) => `${label} ${value}`), total];
};

test("a column has its series and their sum", () => {
  expect(words(0, 0)).toEqual(["03:00", ["Reached 1,200", "Failed 1"], "1,201"]);
});

test("what there is nothing of is left out; one part needs no sum; no part is 0", () => {
  expect(words(1, 1)).toEqual(["04:00", ["Reached 5"], undefined]);
  expect(words(2, 2)).toEqual(["05:00", [], "0"]);
});

test("several columns are added, under the words of their range", () => {
  expect(words(0, 1)).toEqual(["03:00 to 04:00", ["Reached 1,205", "Failed 1"], "1,206"]);
  const rangeLabel = (first: number, last: number) => `${first}–${last}`;
  const chart = { kind: "bars", series, points, rangeLabel } as const;
  expect(wordsOfColumns(chart, { first: 0, last: 2 }).title).toBe("0–2");
});

test("lines are not added: neither series nor columns; nothing is a value there", () => {
  expect(words(0, 0, "lines")).toEqual(["03:00", ["Reached 1,200", "Failed 1"], undefined]);
  expect(words(2, 2, "lines")).toEqual(["05:00", ["Failed 0"], undefined]);
  expect(words(0, 1, "lines")).toEqual(["03:00 to 04:00", [], undefined]);
});

test("a screen reader says the column, and before it what the keys do", () => {
  const chart = { kind: "bars", series, points, unit: "calls" } as const;
  expect(spokenWords(chart, { first: 0, last: 0 })).toBe(
    "03:00: Reached 1,200, Failed 1, 1,201 in all",
  );
  expect(spokenWords(chart, undefined)).toBe("3 columns, calls. Arrows go from column to column.");
  expect(spokenWords({ ...chart, onRange: () => {} }, undefined)).toMatch(
    /Shift with an arrow selects a range. Enter shows its calls.$/,
  );
});
