import { BarStack } from "@visx/shape";

import { type ChartPoint, type ChartSeries, drawnValues } from "./chart-data.ts";
import { fillOf } from "./chart-fill.ts";
import type { Scales } from "./plot-props.ts";

/** Least height of a part that is more than nothing, in pixels. */
const LEAST = 2;

interface Props {
  id: string;
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  scales: Scales;
  /** Height of the highest bar, in pixels. */
  height: number;
}

/** The columns: one bar each, its series from the bottom up. */
export function PlotBars({ id, points, series, scales: { x, y }, height }: Props) {
  const least = (y.domain()[1]! * LEAST) / height;
  const columns = points.map((point, index) => ({
    index,
    values: drawnValues(point, series, least),
  }));
  const fills = Object.fromEntries(series.map((one) => [one.key, fillOf(id, one)]));
  return (
    <BarStack
      data={columns}
      keys={series.map(({ key }) => key)}
      value={({ values }, key) => values[key] ?? 0}
      x={({ index }) => index}
      xScale={x}
      yScale={y}
      color={(key) => fills[key]!}
    >
      {(stacks) =>
        stacks.flatMap(({ key, bars }) =>
          bars
            .filter((bar) => bar.height > 0)
            .map((bar) => (
              <rect
                key={`${key}-${bar.index}`}
                x={bar.x}
                y={bar.y}
                width={bar.width}
                height={bar.height}
                fill={bar.color}
              />
            )),
        )
      }
    </BarStack>
  );
}
