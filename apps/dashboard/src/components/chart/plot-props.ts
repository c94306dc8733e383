import type { scaleBand, scaleLinear } from "@visx/scale";

import type { ChartKind, ChartProps } from "./chart-data.ts";

/** What is drawn, with the chart's id and height. */
export interface PlotProps extends ChartProps {
  id: string;
  kind: ChartKind;
  height: number;
}

/** Scales of a drawing: columns by their index, values by height. */
export interface Scales {
  x: ReturnType<typeof scaleBand<number>>;
  y: ReturnType<typeof scaleLinear<number>>;
}

/** Columns that are looked at or selected, by their indexes. */
export interface Columns {
  first: number;
  last: number;
}
