import { t } from "../../language/translate.ts";
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
      t("Arrows go from column to column."),
      onRange && t("Shift with an arrow selects a range."),
      (onPick ?? onRange) && t("Enter shows its calls."),
    ];
    return [
      t("{count} columns, {unit}.", { count: points.length, unit }),
      ...keys.filter(Boolean),
    ].join(" ");
  }
  const { title, lines, total } = wordsOfColumns(chart, columns);
  const parts = lines.map(({ series, value }) => `${series.label} ${value}`);
  const sum = total !== undefined && t("{total} in all", { total });
  return [title, [...parts, sum].filter(Boolean).join(", ")].filter(Boolean).join(": ");
}
