import { Group } from "@visx/group";
import { scaleBand, scaleLinear } from "@visx/scale";

import { greatestOf } from "./chart-data.ts";
import { AxisBelow, AxisLeftOf, axisRows, axisWidth } from "./plot-axes.tsx";
import { PlotBars } from "./plot-bars.tsx";
import { PlotLines } from "./plot-lines.tsx";
import { PlotPatterns } from "./plot-patterns.tsx";
import type { Columns, PlotProps, Scales } from "./plot-props.ts";
import { PlotTip } from "./plot-tip.tsx";
import { spokenWords } from "./spoken-words.ts";
import { useCursor } from "./use-cursor.ts";

/** Room around the columns, in pixels; at the left, the axis takes what its words need. */
const [TOP, BOTTOM, RIGHT] = [6, 20, 6];

/** Axes, grid, columns and the tooltip of a chart. */
export function PlotDrawing(props: PlotProps & { width: number }) {
  const { id, kind, title, points, series, width, height, onPick, onRange } = props;
  const inner = height - TOP - BOTTOM;
  const y = scaleLinear<number>({ domain: [0, greatestOf(kind, props)], range: [inner, 0] });
  const rows = axisRows(y, props, inner);
  const left = axisWidth(rows, props);
  const across = Math.max(1, width - left - RIGHT);
  const x = columnScale(props, across);
  const count = points.length;
  const { columns, handlers } = useCursor({ count, left, width: across, onPick, onRange });
  const shared = { points, series, scales: { x, y } };
  return (
    <>
      <svg
        width={width}
        height={height}
        tabIndex={0}
        role="slider"
        aria-label={title}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={columns?.last ?? 0}
        aria-valuetext={spokenWords(props, columns)}
        {...handlers}
      >
        <PlotPatterns id={id} series={series} />
        <Group left={left} top={TOP}>
          <AxisLeftOf {...{ y, rows, across, format: props.format }} />
          <Chosen {...{ columns, count, across, height: inner }} />
          {kind === "bars" ? (
            <PlotBars {...shared} id={id} height={inner} />
          ) : (
            <PlotLines {...shared} columns={columns} />
          )}
          <AxisBelow {...{ x, points, across, top: inner }} />
        </Group>
      </svg>
      {columns !== undefined && (
        <PlotTip
          {...props}
          columns={columns}
          at={left + ((columns.first + columns.last + 1) / 2 / count) * across}
        />
      )}
    </>
  );
}

function columnScale({ kind, points }: PlotProps, across: number): Scales["x"] {
  const [paddingInner, paddingOuter] = kind === "bars" ? [0.16, 0.08] : [0, 0];
  const domain = points.map((_, index) => index);
  return scaleBand<number>({ domain, range: [0, across], paddingInner, paddingOuter });
}

interface ChosenProps {
  columns: Columns | undefined;
  count: number;
  across: number;
  height: number;
}

function Chosen({ columns, count, across, height }: ChosenProps) {
  if (columns === undefined) return null;
  const { first, last } = columns;
  return (
    <rect
      className="plot-columns"
      x={(first / count) * across}
      width={((last - first + 1) / count) * across}
      height={height}
    />
  );
}
