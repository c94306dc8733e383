import { LinePath } from "@visx/shape";

import type { ChartPoint, ChartSeries } from "./chart-data.ts";
import { dashOf } from "./chart-fill.ts";
import type { Columns, Scales } from "./plot-props.ts";

interface Props {
  points: readonly ChartPoint[];
  series: readonly ChartSeries[];
  scales: Scales;
  columns: Columns | undefined;
}

/** A line per series, with a dot where the person is, and where a value stands alone. */
export function PlotLines({ points, series, scales: { x, y }, columns }: Props) {
  const middle = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  const indexes = points.map((_, index) => index);
  return (
    <>
      {series.map((one) => {
        const valueAt = (index: number) => points[index]?.values[one.key];
        const color = `var(--call-log-${one.tone})`;
        const dots = indexes.filter((index) => {
          if (valueAt(index) === undefined) return false;
          const isAlone = valueAt(index - 1) === undefined && valueAt(index + 1) === undefined;
          return isAlone || columns?.last === index;
        });
        return (
          <g key={one.key}>
            <LinePath
              data={indexes}
              x={middle}
              y={(index) => y(valueAt(index) ?? 0)}
              defined={(index) => valueAt(index) !== undefined}
              stroke={color}
              strokeWidth={2}
              strokeDasharray={dashOf(one)}
            />
            {dots.map((index) => (
              <circle key={index} cx={middle(index)} cy={y(valueAt(index)!)} r={3.5} fill={color} />
            ))}
          </g>
        );
      })}
    </>
  );
}
