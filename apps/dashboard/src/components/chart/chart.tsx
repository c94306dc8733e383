import "./chart.css";
import { Box } from "@mantine/core";
import { Suspense, useId } from "react";

import { t } from "../../language/translate.ts";
import { ErrorBoundary } from "../error-boundary.tsx";
import { lazyComponent } from "../lazy-component.tsx";
import { Loading } from "../loading.tsx";
import type { ChartKind, ChartProps } from "./chart-data.ts";
import { ChartLegend } from "./chart-legend.tsx";
import { ChartTable } from "./chart-table.tsx";

// The drawing comes with a library; rows and words are shown before it.
const Plot = lazyComponent(async () => import("./plot.tsx"));

/** Height of a chart without another one, in pixels. */
const HEIGHT = 180;

/** Bars over time or categories; several series stand on each other. */
export function BarChart(props: ChartProps) {
  return <Chart kind="bars" {...props} />;
}

/** Lines over time; a series without a value has a gap. */
export function LineChart(props: ChartProps) {
  return <Chart kind="lines" {...props} />;
}

function Chart({ kind, ...chart }: ChartProps & { kind: ChartKind }) {
  const { title, height = HEIGHT, isOld = false } = chart;
  const id = useId();
  return (
    <Box
      component="figure"
      m={0}
      className="chart"
      aria-label={title}
      aria-busy={isOld}
      data-old={isOld || undefined}
    >
      <ErrorBoundary>
        <Suspense
          fallback={<Loading h={height} label={t("Loading the chart: {title}", { title })} />}
        >
          <Plot id={id} kind={kind} {...chart} height={height} />
        </Suspense>
      </ErrorBoundary>
      <div className="chart-foot">
        <ChartLegend id={id} kind={kind} {...chart} />
        <ChartTable {...chart} />
      </div>
    </Box>
  );
}
