import { type ChartSeries, type Pattern, patternOf } from "./chart-data.ts";

/** Dashes of a line by its pattern, in pixels: as many kinds of line as there are kinds of fill. */
const DASHES: Readonly<Record<Pattern, string>> = {
  solid: "",
  slanted: "7 3",
  crossed: "2 3",
  dotted: "7 3 2 3",
  upright: "12 4",
  level: "4 4",
};

/** Id of a series' pattern in the page; `id` is that of the chart. */
export function patternId(id: string, { key }: ChartSeries): string {
  return `${id}-${key.replaceAll(/[^\w-]/g, "_")}`;
}

/** Fill of a series: its pattern, or its plain colour while the pattern is not drawn. */
export function fillOf(id: string, series: ChartSeries): string {
  const color = `var(--call-log-${series.tone})`;
  return patternOf(series) === "solid" ? color : `url(#${patternId(id, series)}) ${color}`;
}

/** Dashes of a series' line. */
export function dashOf(series: ChartSeries): string {
  return DASHES[patternOf(series)];
}
