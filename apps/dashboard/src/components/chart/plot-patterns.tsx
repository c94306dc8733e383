import { PatternCircles, PatternLines } from "@visx/pattern";

import { type ChartSeries, type Pattern, patternOf } from "./chart-data.ts";
import { patternId } from "./chart-fill.ts";

/** Size of one piece of a pattern, in pixels. */
const SIZE = 6;

const ORIENTATIONS = {
  slanted: ["diagonal"],
  crossed: ["diagonal", "diagonalRightToLeft"],
  upright: ["vertical"],
  level: ["horizontal"],
} as const satisfies Partial<Record<Pattern, readonly string[]>>;

/** Fills of the series: the colour with a pattern over it, so that colour alone never tells two of them apart. */
export function PlotPatterns({ id, series }: { id: string; series: readonly ChartSeries[] }) {
  return (
    <>
      {series.map((one) => (
        <Fill key={one.key} id={patternId(id, one)} one={one} />
      ))}
    </>
  );
}

function Fill({ id, one }: { id: string; one: ChartSeries }) {
  const pattern = patternOf(one);
  const shared = {
    id,
    width: SIZE,
    height: SIZE,
    stroke: "var(--mantine-color-body)",
    background: `var(--call-log-${one.tone})`,
    className: "plot-hatch",
  };
  if (pattern === "solid") return null;
  if (pattern === "dotted")
    return <PatternCircles {...shared} radius={1.2} fill="var(--mantine-color-body)" />;
  return <PatternLines {...shared} strokeWidth={1.4} orientation={[...ORIENTATIONS[pattern]]} />;
}
