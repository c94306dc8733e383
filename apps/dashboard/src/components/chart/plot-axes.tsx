import { AxisBottom, AxisLeft } from "@visx/axis";
import { GridRows } from "@visx/grid";

import { type ChartProps, shownTicks } from "./chart-data.ts";
import type { PlotProps, Scales } from "./plot-props.ts";
import { roundRows } from "./round-rows.ts";
import { writtenIn } from "./value-text.ts";

/** About the width of one character of an axis, and of the longest words below it, in pixels. */
const [CHARACTER, TICK] = [6.4, 64];
/** Height of the drawing per line of the grid, in pixels. */
const PER_ROW = 45;

/** Values at which the grid has a line. Counts have no half: between 0 and 1 call there is none. */
export function axisRows(
  y: Scales["y"],
  { points, series, steps }: Pick<PlotProps, "points" | "series" | "steps">,
  height: number,
): number[] {
  const most = Math.max(2, Math.round(height / PER_ROW));
  if (steps !== undefined) return roundRows(Math.max(...y.domain()), steps, most);
  const isWhole = points.every(({ values }) =>
    series.every(({ key }) => Number.isInteger(values[key] ?? 0)),
  );
  const rows = y.ticks(most);
  return isWhole ? rows.filter((row) => Number.isInteger(row)) : rows;
}

/** Width of the words at the left, in pixels. */
export function axisWidth(rows: readonly number[], { format }: Pick<ChartProps, "format">): number {
  const write = writtenIn(format);
  return Math.ceil(Math.max(1, ...rows.map((row) => write(row).length)) * CHARACTER) + 10;
}

interface LeftProps {
  format: ChartProps["format"];
  y: Scales["y"];
  rows: number[];
  across: number;
}

/** The values at the left, and the grid. */
export function AxisLeftOf({ y, rows, across, format }: LeftProps) {
  const write = writtenIn(format);
  return (
    <>
      <GridRows scale={y} width={across} tickValues={rows} className="plot-grid" />
      <AxisLeft
        scale={y}
        tickValues={rows}
        tickFormat={(value) => write(Number(value))}
        hideAxisLine
        hideTicks
        tickComponent={({ x, y: top, formattedValue }) => (
          <text x={x} y={top} dx={-2} dy="0.32em" textAnchor="end">
            {formattedValue}
          </text>
        )}
      />
    </>
  );
}

interface BelowProps extends Pick<ChartProps, "points"> {
  x: Scales["x"];
  across: number;
  top: number;
}

/** The words below the columns. */
export function AxisBelow({ x, points, across, top }: BelowProps) {
  return (
    <AxisBottom
      top={top}
      scale={x}
      tickValues={shownTicks(points, across, TICK)}
      tickFormat={(index) => points[index]?.tick}
      tickLength={4}
      axisLineClassName="plot-line"
      tickClassName="plot-tick"
      tickComponent={({ x: at, y, formattedValue }) => (
        <text x={at} y={y} dy={3} textAnchor="middle">
          {formattedValue}
        </text>
      )}
    />
  );
}
