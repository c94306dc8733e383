import "./calls.css";
import { Affix, Button, Group, Stack } from "@mantine/core";
import { useHotkeys, useMediaQuery } from "@mantine/hooks";
import { Link } from "wouter";

import { useSignedIn } from "../../session/session-context.ts";
import { Nothing } from "../nothing.tsx";
import { Trouble } from "../trouble.tsx";
import { callsInWords } from "./bulk-act.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { CallsCards } from "./calls-cards.tsx";
import { chosenFilters, NO_FILTERS, queryOf, sortOf } from "./calls-filter.ts";
import { CallsHeader } from "./calls-header.tsx";
import { RowsSkeleton } from "./calls-rows.tsx";
import { CallsTable } from "./calls-table.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { Histogram } from "./histogram.tsx";
import { rowsOf } from "./live-rows.ts";
import { SortSelect } from "./sort-select.tsx";
import { useAddress } from "./use-address.ts";
import { useCalls } from "./use-calls.ts";
import { useColumns } from "./use-columns.ts";
import { useLive } from "./use-live.ts";
import { useSelection } from "./use-selection.ts";

/** Further down than this, in pixels, somebody is reading, and new rows wait. */
const READING_FROM = 40;

/** All calls: find the one, or do something with many. */
export function CallsScreen() {
  const [address, set] = useAddress();
  const [columns, names, setNames] = useColumns();
  const isNarrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const { may } = useSignedIn();
  const selection = useSelection(JSON.stringify(queryOf(address)));
  const list = useCalls(address);
  const { data, error, isPending, isPlaceholderData } = list;
  const isReady = data !== undefined && !isPlaceholderData;
  const isReading = () =>
    window.scrollY > READING_FROM ||
    selection.size > 0 ||
    document.activeElement?.closest("[data-call]") != null;
  const live = useLive({ address, isReady, isReading });
  useHotkeys([["Escape", selection.clear]]);
  const calls = rowsOf(data);
  const total = data?.pages[0]?.count;
  const rows = {
    calls,
    selected: selection.selection.ids,
    gone: live.gone,
    onToggle: may.includes("dispatch") ? selection.toggle : undefined,
  };
  return (
    <Stack gap="sm" pb={selection.size > 0 ? 96 : 0}>
      <CallsHeader
        address={address}
        total={total}
        names={names}
        setNames={setNames}
        live={live}
        isNarrow={isNarrow}
      />
      <FilterBar address={address} set={set}>
        {isNarrow && <SortSelect order={sortOf(address)} onSort={(sort) => set({ sort })} />}
      </FilterBar>
      {!error && (
        <Histogram address={address} set={set} most={isNarrow ? 40 : 120} isReady={isReady} />
      )}
      <Failure error={error ?? live.trouble} onRetry={() => void list.refetch()} />
      {isPending && !error && <RowsSkeleton />}
      <div className="rows" data-old={isPlaceholderData || undefined}>
        {calls.length > 0 && isNarrow && <CallsCards {...rows} />}
        {calls.length > 0 && !isNarrow && (
          <CallsTable
            {...rows}
            columns={columns}
            order={sortOf(address)}
            onSort={(sort) => set({ sort })}
            onToggleAll={() => selection.toggleAll(calls.map(({ _id }) => _id))}
          />
        )}
      </div>
      {calls.length === 0 && isReady && !error && (
        <NoCalls isFiltered={chosenFilters(address).length > 0} onClear={() => set(NO_FILTERS)} />
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      <NewCalls
        count={live.waiting}
        onShow={() => {
          live.showWaiting();
          window.scrollTo({ top: 0 });
        }}
      />
      <BulkBar address={address} selection={selection} total={total ?? 0} />
    </Stack>
  );
}

function Failure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (!error) return null;
  return (
    <Stack gap="xs" align="start">
      <Trouble error={error} />
      <Button size="compact-md" variant="default" onClick={onRetry}>
        Try again
      </Button>
    </Stack>
  );
}

function NoCalls({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { may } = useSignedIn();
  return (
    <Stack gap={0} align="center">
      <Nothing>
        {isFiltered
          ? "No call fits these filters."
          : "No calls yet. Place one, and it appears here."}
      </Nothing>
      {isFiltered && (
        <Button variant="default" onClick={onClear}>
          Show all calls
        </Button>
      )}
      {!isFiltered && may.includes("dispatch") && (
        <Button component={Link} href="/place">
          Place the first call
        </Button>
      )}
    </Stack>
  );
}

function NewCalls({ count, onShow }: { count: number; onShow: () => void }) {
  if (count === 0) return null;
  return (
    <Affix position={{ top: 72, left: 0, right: 0 }} style={{ pointerEvents: "none" }}>
      <Group justify="center">
        <Button size="compact-md" radius="xl" onClick={onShow} style={{ pointerEvents: "auto" }}>
          {callsInWords(count).replace("call", "new call")}
        </Button>
      </Group>
    </Affix>
  );
}
