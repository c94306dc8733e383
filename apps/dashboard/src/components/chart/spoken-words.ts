import type { Columns, PlotProps } from "./plot-props.ts";
import { wordsOfColumns } from "./value-text.ts";

type Chart = Pick<
  PlotProps,
  "kind" | "points" | "series" | "unit" | "format" | "rangeLabel" | "onPick" | "onRange"
>;

/** Columns in words for a screen reader; without any, what the keys do. */
export function spokenWords(chart: Chart, columns: Columns | undefined): string {
  const { points, unit, onPick, onRange } = chart;
  if (columns === undefined) {
    const keys = [
      "Arrows go from column to column.",
      onRange && "Shift with an arrow selects a range.",
      (onPick ?? onRange) && "Enter shows its calls.",
    ];
    return [`${points.length} columns, ${unit}.`, ...keys.filter(Boolean)].join(" ");
  }
  const { title, lines, total } = wordsOfColumns(chart, columns);
  const parts = lines.map(({ series, value }) => `${series.label} ${value}`);
  const sum = total !== undefined && `${total} in all`;
  return [title, [...parts, sum].filter(Boolean).join(", ")].filter(Boolean).join(": ");
}
