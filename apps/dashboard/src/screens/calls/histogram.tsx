import { Button, Group, Text } from "@mantine/core";

import { BarChart } from "../../components/chart/chart.tsx";
import { CountedSoFar } from "../../figures/counting.tsx";
import { ZONE } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { queryOf, spanOf } from "./calls-filter.ts";
import { CHART_HEIGHT, ChartSkeleton, PLOT_HEIGHT } from "./chart-skeleton.tsx";
import {
  atLeast,
  brushed,
  countedCalls,
  pointsOf,
  rangeText,
  seriesOf,
  statusesOf,
} from "./histogram-bars.ts";
import { useHistogram } from "./use-histogram.ts";

interface Props {
  address: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
  /** Number of bars; fewer on a narrow screen. */
  most: number;
  /** Whether the table has loaded; the chart waits for it. */
  isReady: boolean;
}

/** The matching calls over time, by groups of statuses; a range of it sets the filters Since and Until, a group the statuses. */
export default function Histogram({ address, set, most, isReady }: Props) {
  const query = queryOf(address);
  const input = { query, ...spanOf(address), buckets: most, timeZone: ZONE };
  const { histogram, error, refetch, isOld } = useHistogram(input, { enabled: isReady });
  if (error) return <Failure onRetry={() => void refetch()} />;
  if (histogram === undefined) return <ChartSkeleton />;
  const { to, size } = histogram;
  if (to === null || histogram.buckets.length === 0) return null;
  const isOpen = size !== null && !address.has("since");
  const buckets = isOpen ? atLeast(most / 2, histogram.buckets, size) : histogram.buckets;
  const span = { buckets, to };
  const series = seriesOf(buckets);
  const chosen = series.find(({ key }) => statusesOf(key) === address.get("status"))?.key;
  return (
    <div style={{ minHeight: CHART_HEIGHT }} data-histogram data-old={isOld || undefined}>
      <BarChart
        title={t("Calls over time")}
        unit={t("calls")}
        series={series}
        points={pointsOf(span)}
        rangeLabel={(first, last) => rangeText(span, first, last)}
        height={PLOT_HEIGHT}
        isOld={isOld}
        onRange={(first, last) => set(brushed(span, first, last))}
        onSeries={(key) => set({ status: key === chosen ? undefined : statusesOf(key) })}
        chosen={chosen}
      />
      {histogram.nextCursor !== undefined && (
        <CountedSoFar from={histogram.from} calls={countedCalls(histogram)} zone={ZONE} />
      )}
    </div>
  );
}

function Failure({ onRetry }: { onRetry: () => void }) {
  return (
    <Group gap="xs" mih={CHART_HEIGHT}>
      <Text size="sm">{t("The chart could not be loaded.")}</Text>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t("Try again")}
      </Button>
    </Group>
  );
}
