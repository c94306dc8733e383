import { Button, Stack } from "@mantine/core";
import { useCallbackRef } from "@mantine/hooks";
import { useDeferredValue, useMemo } from "react";
import { Link } from "wouter";

import type { CallLogView } from "../../call/call-view.ts";
import { CalledAgainProvider } from "../../call/called-again.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { CallsCards } from "./calls-cards.tsx";
import { chosenFilters, NO_FILTERS, sortOf } from "./calls-filter.ts";
import { RowsSkeleton } from "./calls-rows.tsx";
import { CallsTable } from "./calls-table.tsx";
import type { Column } from "./columns.tsx";
import { rowsOf } from "./live-rows.ts";
import type { AddressProps } from "./use-address.ts";
import type { useCalls } from "./use-calls.ts";
import type { Density } from "./use-density.ts";
import { useRowKeys } from "./use-row-keys.ts";
import type { useSelection } from "./use-selection.ts";

interface Props extends AddressProps {
  list: ReturnType<typeof useCalls>;
  columns: readonly Column[];
  density: Density;
  isNarrow: boolean;
  /** Rows that no longer match the filters. */
  gone: ReadonlySet<string>;
  selection: ReturnType<typeof useSelection>;
  /** Called when the pointer leaves the rows. */
  onPointerLeave: () => void;
}

/** The loaded calls, as a table or as cards, with a button to load more; or an empty state. */
export function CallsList({ list, address, set, onPointerLeave, ...props }: Props) {
  const { data, error, isPending, isPlaceholderData } = list;
  const loaded = useMemo(() => rowsOf(data), [data]);
  const calls = useRowsInTurn(loaded);
  // A page of a slow search may be empty and still have a next one.
  const isOver = data !== undefined && loaded.length === 0 && !list.hasNextPage;
  return (
    <>
      {isPending && !error && <RowsSkeleton />}
      <div
        className="rows"
        data-old={isPlaceholderData || undefined}
        aria-busy={calls !== loaded || undefined}
        style={{ minBlockSize: calls === loaded ? undefined : heightOf(loaded, props) }}
        onPointerLeave={onPointerLeave}
      >
        {calls.length > 0 && loaded.length > 0 && (
          <Rows {...props} calls={calls} address={address} set={set} />
        )}
      </div>
      {isOver && !isPlaceholderData && !error && (
        <NoCalls isFiltered={chosenFilters(address).length > 0} onClear={() => set(NO_FILTERS)} />
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("Show more")}
        </Button>
      )}
    </>
  );
}

/** Rows that are there with the screen itself, at least: what a window shows of them. */
const AT_ONCE = 20;

/** Least heights of a row and of a card, in pixels. */
const [ROW_HEIGHT, CARD_HEIGHT] = [36, 84];

// The browser goes back to where a person was, also while the rows above are still to come.
function heightOf(loaded: readonly CallLogView[], { isNarrow }: Pick<Props, "isNarrow">): number {
  return loaded.length * (isNarrow ? CARD_HEIGHT : ROW_HEIGHT);
}

// Rows are what takes longest to draw: an input is answered first, and they follow in the next frames.
function useRowsInTurn(loaded: readonly CallLogView[]): readonly CallLogView[] {
  return useDeferredValue(loaded, loaded.slice(0, AT_ONCE));
}

interface RowsProps extends Omit<Props, "list" | "onPointerLeave"> {
  calls: readonly CallLogView[];
}

function Rows({ calls, address, set, columns, density, isNarrow, gone, selection }: RowsProps) {
  const { may } = useSignedIn();
  const maySelect = may.includes("dispatch");
  useRowKeys({ ids: calls.map(({ _id }) => _id), selection, maySelect });
  const toggle = useCallbackRef(selection.toggle);
  const rows = {
    calls,
    gone,
    selected: selection.selection.ids,
    onToggle: maySelect ? toggle : undefined,
  };
  return (
    <CalledAgainProvider calls={calls}>
      {isNarrow ? (
        <CallsCards {...rows} />
      ) : (
        <CallsTable
          {...rows}
          columns={columns}
          density={density}
          address={address}
          set={set}
          order={sortOf(address)}
          onSort={(sort) => set({ sort })}
          onToggleAll={() => selection.toggleAll(calls.map(({ _id }) => _id))}
        />
      )}
    </CalledAgainProvider>
  );
}

function NoCalls({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { may } = useSignedIn();
  return (
    <Stack gap={0} align="center">
      <EmptyState>
        {isFiltered
          ? t("No call matches these filters.")
          : t("No calls yet. Place one to see it here.")}
      </EmptyState>
      {isFiltered && (
        <Button variant="default" mt={-32} onClick={onClear}>
          {t("Show all calls")}
        </Button>
      )}
      {!isFiltered && may.includes("dispatch") && (
        <Button component={Link} href="/place" mt={-32}>
          {t("Place the first call")}
        </Button>
      )}
    </Stack>
  );
}
