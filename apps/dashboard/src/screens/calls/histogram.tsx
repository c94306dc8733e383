import {
  CALL_STATUS_GROUPS,
  CALL_STATUS_NAMES,
  type CallStatusGroup,
  groupOfStatus,
} from "@call-log/model";
import { Box, Button, Group, Text, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type PointerEvent, useState } from "react";

import { api } from "../../api.ts";
import { dayTime, ZONE } from "../../format/time.ts";
import { callsInWords } from "./bulk-action.ts";
import { queryOf, spanOf } from "./calls-filter.ts";
import { CHART_HEIGHT, ChartSkeleton } from "./chart-skeleton.tsx";
import {
  atLeast,
  barsOf,
  type Bucket,
  brushed,
  bucketAt,
  callsIn,
  totalsOf,
} from "./histogram-bars.ts";

interface Props {
  address: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
  /** Number of bars; fewer on a narrow screen. */
  most: number;
  /** Whether the table has loaded; the chart waits for it. */
  isReady: boolean;
}

/** The matching calls over time, by groups of statuses; dragging selects a time range and sets the filters Since and Until. */
export default function Histogram({ address, set, most, isReady }: Props) {
  const query = queryOf(address);
  const input = { query, ...spanOf(address), buckets: most, timeZone: ZONE };
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ["histogram", input],
    queryFn: ({ signal }) => api.callLog.histogram.query(input, { signal }),
    placeholderData: keepPreviousData,
    enabled: isReady,
    refetchOnWindowFocus: false,
  });
  if (error)
    return (
      <Group gap="xs" mih={CHART_HEIGHT}>
        <Text size="sm">The chart could not be loaded.</Text>
        <Button size="compact-sm" variant="default" onClick={() => void refetch()}>
          Try again
        </Button>
      </Group>
    );
  if (data === undefined) return <ChartSkeleton />;
  if (data.to === null || data.buckets.length === 0) return null;
  const isOpen = data.size !== null && !address.has("since");
  const buckets = isOpen ? atLeast(most / 2, data.buckets, data.size!) : data.buckets;
  return (
    <Box
      component="figure"
      m={0}
      className="chart"
      mih={CHART_HEIGHT}
      aria-label="Calls over time"
      aria-busy={isPlaceholderData}
      data-histogram
      data-old={isPlaceholderData || undefined}
    >
      <Bars buckets={buckets} to={data.to} onBrush={set} />
      <Axis from={buckets[0]!.from} to={data.to} size={data.size} />
      <Legend buckets={buckets} address={address} set={set} />
    </Box>
  );
}

interface BarsProps {
  buckets: readonly Bucket[];
  to: string;
  onBrush: (filters: { since: string; until: string }) => void;
}

interface Range {
  first: number;
  last: number;
}

// Tracks the pointer over the bars: the hovered bar, or the dragged range.
function useBrush({ buckets, to, onBrush }: BarsProps) {
  const [brush, setBrush] = useState<{ from: number; to: number }>();
  const [under, setUnder] = useState<number>();
  const count = buckets.length;
  const placeOf = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return bucketAt(clientX - left, width, count);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      setBrush({ from: placeOf(event), to: placeOf(event) });
    },
    onPointerMove: (event: PointerEvent) => {
      const place = placeOf(event);
      setUnder(place);
      if (brush !== undefined && brush.to !== place) setBrush({ ...brush, to: place });
    },
    onPointerUp: () => {
      if (brush !== undefined) onBrush(brushed({ buckets, to }, brush.from, brush.to));
      setBrush(undefined);
    },
    onPointerCancel: () => setBrush(undefined),
    onPointerLeave: () => setUnder(undefined),
  };
  const places = brush ? [brush.from, brush.to] : [under ?? count];
  const range: Range = {
    first: Math.min(...places),
    last: Math.min(count - 1, Math.max(...places)),
  };
  // The chart may have become shorter meanwhile.
  return { handlers, range: range.first < count ? range : undefined };
}

function Bars({ buckets, to, onBrush }: BarsProps) {
  const { handlers, range } = useBrush({ buckets, to, onBrush });
  const count = buckets.length;
  return (
    <>
      <Text size="xs" mih={20} className="number" aria-hidden data-brush-text>
        {range === undefined
          ? "Drag over the bars to select a time range"
          : spanInWords({ buckets, to }, range)}
      </Text>
      <svg
        className="bars"
        viewBox={`0 0 ${count} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${callsInWords(buckets.reduce((sum, one) => sum + callsIn(one), 0))} in ${count} bars, from ${dayTime(buckets[0]!.from)} to ${dayTime(to)}`}
        {...handlers}
      >
        <rect className="bars-ground" width={count} height={1} />
        {range !== undefined && (
          <rect
            className="bars-brush"
            x={range.first}
            width={range.last - range.first + 1}
            height={1}
          />
        )}
        {barsOf(buckets).map((parts, index) =>
          parts.map(({ group, y, height }) => (
            <rect
              key={`${index}-${group}`}
              x={index + 0.08}
              width={0.84}
              y={y}
              height={height}
              fill={fillOf(group)}
            />
          )),
        )}
      </svg>
    </>
  );
}

function spanInWords(
  { buckets, to }: { buckets: readonly Bucket[]; to: string },
  { first, last }: Range,
): string {
  const calls = buckets.slice(first, last + 1).reduce((sum, one) => sum + callsIn(one), 0);
  const end = buckets[last + 1]?.from ?? to;
  return `${dayTime(buckets[first]!.from)} to ${dayTime(end)}: ${callsInWords(calls)}`;
}

function Axis({ from, to, size }: { from: string; to: string; size: string | null }) {
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" className="axis">
      <Text size="xs" component="time" dateTime={from}>
        {dayTime(from)}
      </Text>
      <Text size="xs" visibleFrom="xs">
        {size === null
          ? ""
          : `one bar is ${size === "hour" ? "an" : /^\d/.test(size) ? "" : "a"} ${size}`}
      </Text>
      <Text size="xs" component="time" dateTime={to}>
        {dayTime(to)}
      </Text>
    </Group>
  );
}

// A group is also a filter.
function Legend({
  buckets,
  address,
  set,
}: Pick<BarsProps, "buckets"> & Pick<Props, "address" | "set">) {
  return (
    <Group gap="sm" mt={4} component="ul" className="legend">
      {totalsOf(buckets).map(({ group, calls }) => {
        const { label } = CALL_STATUS_GROUPS[group];
        const statuses = CALL_STATUS_NAMES.filter((name) => groupOfStatus(name) === group);
        const isChosen = address.get("status") === statuses.join(",");
        const content = (
          <>
            <span className="legend-mark" style={{ background: fillOf(group) }} />
            {label} <span className="number">{calls.toLocaleString("en")}</span>
          </>
        );
        return (
          <li key={group}>
            {statuses.length === 0 ? (
              <Text size="sm">{content}</Text>
            ) : (
              <UnstyledButton
                fz="sm"
                className="legend-button"
                aria-pressed={isChosen}
                onClick={() => set({ status: isChosen ? undefined : statuses.join(",") })}
              >
                {content}
              </UnstyledButton>
            )}
          </li>
        );
      })}
    </Group>
  );
}

function fillOf(group: CallStatusGroup): string {
  const shade = group === "other" ? 7 : 6;
  return `var(--mantine-color-${CALL_STATUS_GROUPS[group].color}-${shade})`;
}
