import { Skeleton } from "@mantine/core";

/** Height of the chart with its axis and one line of legend, in pixels, so that the rows below do not move when it loads. */
export const CHART_HEIGHT = 133;

/** Placeholder of the chart while it loads. */
export function ChartSkeleton() {
  return <Skeleton h={CHART_HEIGHT} role="status" aria-label="Loading the chart" />;
}
