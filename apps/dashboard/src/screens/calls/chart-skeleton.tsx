import { Loading } from "../../components/loading.tsx";
import { t } from "../../language/translate.ts";

/** Height of the bars with their axis, in pixels. */
export const PLOT_HEIGHT = 112;

/** Height of the chart with one line of legend, in pixels, so that the rows below do not move when it loads. */
export const CHART_HEIGHT = PLOT_HEIGHT + 28;

/** Placeholder of the chart while it loads. */
export function ChartSkeleton() {
  return <Loading h={CHART_HEIGHT} label={t("Loading the chart")} />;
}
