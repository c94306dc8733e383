import { Skeleton } from "@mantine/core";

/** Height of the chart with its axis and one line of legend, in pixels, so that the rows below keep their place while it comes. */
export const CHART_HEIGHT = 133;

/** The chart's place while it is on its way. */
export function ChartSkeleton() {
  return <Skeleton h={CHART_HEIGHT} role="status" aria-label="Loading the chart" />;
}
