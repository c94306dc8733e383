import "./calls.css";
import { Affix, Button, Group, Stack } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { type ComponentProps, Suspense } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { lazyComponent } from "../../components/lazy-component.tsx";
import { isInPopup } from "../../keyboard/is-typing.ts";
import { t } from "../../language/translate.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { queryOf, sortOf } from "./calls-filter.ts";
import { CallsHeader } from "./calls-header.tsx";
import { CallsList } from "./calls-list.tsx";
import { ChartSkeleton } from "./chart-skeleton.tsx";
import { FilterBar } from "./filter-bar.tsx";
import type { CallsPages } from "./live-rows.ts";
import { SortSelect } from "./sort-select.tsx";
import { useAddress } from "./use-address.ts";
import { useCalls } from "./use-calls.ts";
import { useColumns } from "./use-columns.ts";
import { useDensity } from "./use-density.ts";
import { useHeldRows } from "./use-held-rows.ts";
import { useLive } from "./use-live.ts";
import { useSelection } from "./use-selection.ts";

// It loads after the table anyway.
const Histogram = lazyComponent(async () => import("./histogram.tsx"));

/** Scrolled further than this, in pixels, the person is reading, and new rows wait. */
const READING_FROM = 40;

/** All calls: find one, or act on many. */
export function CallsScreen() {
  const [address, set] = useAddress();
  const [columns, names, setNames] = useColumns();
  const [density, setDensity] = useDensity();
  const isNarrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const selection = useSelection(JSON.stringify(queryOf(address)));
  const list = useCalls(address);
  const { data, error, isPlaceholderData } = list;
  const isReady = data !== undefined && !isPlaceholderData;
  const areHeld = useHeldRows();
  const isReading = () => window.scrollY > READING_FROM || selection.size > 0 || areHeld();
  const live = useLive({ address, isReady, isReading });
  const isNewestFirst = sortOf(address).column === "createdAt" && sortOf(address).direction === -1;
  useHotkeys([["Escape", ({ target }) => isInPopup(target) || selection.clear()]]);
  const [total, isAtLeast] = totalOf(data);
  return (
    <Stack gap="sm" pb={selection.size > 0 ? 96 : 0}>
      <CallsHeader
        address={address}
        total={total}
        isAtLeast={isAtLeast}
        names={names}
        setNames={setNames}
        density={density}
        setDensity={setDensity}
        live={live}
        asOf={live.state === "on" ? 0 : Math.max(live.liveUntil, list.dataUpdatedAt)}
        isNarrow={isNarrow}
      />
      <FilterBar address={address} set={set}>
        {isNarrow && <SortSelect order={sortOf(address)} onSort={(sort) => set({ sort })} />}
      </FilterBar>
      {!error && (total !== 0 || isAtLeast) && (
        <Chart address={address} set={set} most={isNarrow ? 40 : 120} isReady={isReady} />
      )}
      <Failure error={error ?? live.trouble} onRetry={() => void list.refetch()} />
      <CallsList
        list={list}
        address={address}
        set={set}
        columns={columns}
        density={density}
        isNarrow={isNarrow}
        gone={live.gone}
        selection={selection}
        onPointerLeave={() => {
          if (live.waiting > 0 && isNewestFirst && !isReading()) live.showWaiting();
        }}
      />
      <NewCalls
        count={live.waiting}
        onShow={() => {
          live.showWaiting();
          window.scrollTo({ top: 0 });
        }}
      />
      <BulkBar address={address} selection={selection} total={total ?? 0} isAtLeast={isAtLeast} />
    </Stack>
  );
}

/** How many match, undefined while loading; and whether there are perhaps more, since counting took too long. */
function totalOf(data: CallsPages | undefined): [total: number | undefined, isAtLeast: boolean] {
  const page = data?.pages[0];
  return [page?.count, page?.countedFrom !== undefined];
}

// Without a call there is no chart, and what stands below must not jump when that turns out.
function Chart(props: ComponentProps<typeof Histogram>) {
  return (
    <ErrorBoundary>
      <Suspense fallback={<ChartSkeleton />}>
        <Histogram {...props} />
      </Suspense>
    </ErrorBoundary>
  );
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!error) return null;
  return (
    <Stack gap="xs" align="start">
      <ErrorAlert error={error} />
      <Button size="compact-md" variant="default" onClick={onRetry}>
        {t("Try again")}
      </Button>
    </Stack>
  );
}

function NewCalls({ count, onShow }: { count: number; onShow: () => void }) {
  if (count === 0) return null;
  return (
    <Affix position={{ top: 72, left: 0, right: 0 }} style={{ pointerEvents: "none" }}>
      <Group justify="center">
        <Button size="compact-md" radius="xl" onClick={onShow} style={{ pointerEvents: "auto" }}>
          {t("{count, plural, one {# new call} other {# new calls}}", { count })}
        </Button>
      </Group>
    </Affix>
  );
}
