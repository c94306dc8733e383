import { numberText } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";
import { type ChartPoint, type ChartProps, type ChartSeries, totalOf } from "./chart-data.ts";
import type { Columns, PlotProps } from "./plot-props.ts";

/** How a value is written where it may be missing. */
export function writtenIn(
  format: ChartProps["format"] = numberText,
): (value: number | undefined) => string {
  return (value) => (value === undefined ? "–" : format(value));
}

/** Columns in words, as the tooltip shows them and a screen reader says them. */
export interface ColumnWords {
  /** Which columns. */
  title: string;
  /** Every series that has something there. */
  lines: { series: ChartSeries; value: string }[];
  /** The sum, where there is more than one line and a sum has a meaning. */
  total: string | undefined;
}

type Chart = Pick<PlotProps, "kind" | "series" | "points" | "format" | "rangeLabel">;

/** The words of columns. Bars are counts and are added; lines are not, so several columns have their span alone. */
export function wordsOfColumns(chart: Chart, { first, last }: Columns): ColumnWords {
  const { kind, series, points, format, rangeLabel } = chart;
  const write = writtenIn(format);
  const chosen = points.slice(first, last + 1);
  const title = titleOf(chosen, rangeLabel?.(first, last));
  if (kind === "lines" && first !== last) return { title, lines: [], total: undefined };
  const lines = series
    .map((one) => ({ series: one, sum: sumOf(chosen, one.key) }))
    .filter(({ sum }) => sum !== undefined && (kind === "lines" || sum !== 0))
    .map(({ series: one, sum }) => ({ series: one, value: write(sum) }));
  const total = chosen.reduce((sum, point) => sum + totalOf(point, series), 0);
  const hasTotal = kind === "bars" && lines.length !== 1;
  return { title, lines, total: hasTotal ? write(total) : undefined };
}

function titleOf(chosen: readonly ChartPoint[], label: string | undefined): string {
  const [start, end] = [chosen[0], chosen.at(-1)];
  if (start === end) return start?.label ?? "";
  return label ?? t("{first} to {last}", { first: start?.label ?? "", last: end?.label ?? "" });
}

function sumOf(points: readonly ChartPoint[], key: string): number | undefined {
  const values = points.flatMap(({ values: { [key]: value } }) => value ?? []);
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
