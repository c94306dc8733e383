import type { Tone } from "../../design/tokens.ts";

/** What tells a series apart beside its colour. */
export type Pattern = "solid" | "slanted" | "crossed" | "dotted" | "upright" | "level";

/** One series: a part of each bar, or a line. */
export interface ChartSeries {
  key: string;
  label: string;
  tone: Tone;
  /** Words behind the label in the legend, such as a sum. */
  note?: string;
  /** @defaultValue the pattern of the tone */
  pattern?: Pattern;
  /** Is no button in the legend, although others are. */
  isFixed?: boolean;
}

/** One column: a span of time, or a category. */
export interface ChartPoint {
  key: string;
  /** Words of the column, in the tooltip and the table: "24 Nov 03:00 to 03:05". */
  label: string;
  /** Words below the axis; a column without is between two that have them. */
  tick?: string;
  /** Value per series; a series without one is nothing in a bar and a gap in a line. */
  values: Readonly<Record<string, number | undefined>>;
}

/** What a chart shows, and what can be done with it. */
export interface ChartProps {
  /** Name of the chart. */
  title: string;
  /** What is counted, for the table's heading: "calls", "US dollars". */
  unit: string;
  series: readonly ChartSeries[];
  points: readonly ChartPoint[];
  /** How a value is written. @defaultValue a number with thousands separated */
  format?: ((value: number) => string) | undefined;
  /** Distances between the lines of the grid that people count in. @defaultValue those of decimal numbers */
  steps?: readonly number[];
  /** Words of several columns. @defaultValue the words of the first and the last */
  rangeLabel?: (first: number, last: number) => string;
  /** Height in pixels, axis included. @defaultValue 180 */
  height?: number;
  /** Newer data are loading: what is shown is dimmed. */
  isOld?: boolean;
  /** One column was chosen: by a click, or by Enter. */
  onPick?: (index: number) => void;
  /** Columns were chosen: by dragging, or by Shift with the arrows, and Enter. */
  onRange?: (first: number, last: number) => void;
  /** A series was chosen in the legend. */
  onSeries?: (key: string) => void;
  /** Key of the series that is chosen. */
  chosen?: string | undefined;
}

/** The drawing of a chart. */
export type ChartKind = "bars" | "lines";

const PATTERNS: Readonly<Record<Tone, Pattern>> = {
  good: "solid",
  warn: "slanted",
  bad: "crossed",
  active: "level",
  unknown: "dotted",
  neutral: "upright",
  measure: "solid",
};

/** The pattern of a series. */
export function patternOf({ tone, pattern = PATTERNS[tone] }: ChartSeries): Pattern {
  return pattern;
}

/** Sum of a column over the series. */
export function totalOf({ values }: ChartPoint, series: readonly ChartSeries[]): number {
  return series.reduce((sum, { key }) => sum + (values[key] ?? 0), 0);
}

/** Greatest number that the axis has to reach; 1 where there is nothing. */
export function greatestOf(
  kind: ChartKind,
  { points, series }: Pick<ChartProps, "points" | "series">,
): number {
  const tops = points.map((point) =>
    kind === "bars"
      ? totalOf(point, series)
      : Math.max(0, ...series.map(({ key }) => point.values[key] ?? 0)),
  );
  return Math.max(0, ...tops) || 1;
}

/** The values of a column as they are drawn: what is more than nothing is at least `least` high. */
export function drawnValues(
  { values }: ChartPoint,
  series: readonly ChartSeries[],
  least: number,
): Record<string, number> {
  return Object.fromEntries(
    series.map(({ key }) => {
      const value = values[key] ?? 0;
      return [key, value > 0 ? Math.max(value, least) : 0];
    }),
  );
}

/** Index of the column at a position of a chart that is `width` pixels wide. */
export function columnAt(x: number, width: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((x / Math.max(1, width)) * count)));
}

/** Columns with words below the axis that have room: every one, or every second, third … of them. */
export function shownTicks(
  points: readonly ChartPoint[],
  width: number,
  widthOfOne: number,
): number[] {
  const ticks = points.flatMap(({ tick }, index) => (tick === undefined ? [] : [index]));
  const most = Math.max(1, Math.floor(width / widthOfOne));
  const step = Math.max(1, Math.ceil(ticks.length / most));
  return ticks.filter((_, index) => index % step === 0);
}
