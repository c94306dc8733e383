import { Affix, Button, Stack } from "@mantine/core";
import { useWindowScroll } from "@mantine/hooks";
import { useState } from "react";

import { Nothing } from "../nothing.tsx";
import { Trouble } from "../trouble.tsx";
import { chosenFilters, sortOf } from "./calls-filter.ts";
import { CallsHeader } from "./calls-header.tsx";
import { CallsTable } from "./calls-table.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useAddress } from "./use-address.ts";
import { useCalls, useNewCount } from "./use-calls.ts";
import { useColumns } from "./use-columns.ts";

/** Further down than this, in pixels, somebody is reading, and new rows wait. */
const READING_FROM = 40;

/** All calls: find the one. */
export function CallsScreen() {
  const [address, set] = useAddress();
  const [columns, names, setNames] = useColumns();
  const reading = useReading();
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useCalls(
    address,
    reading.until,
  );
  const newCount = useNewCount(address, reading.until);
  const calls = data?.pages.flatMap((page) => page.data) ?? [];
  reading.follow(calls[0]?.createdAt ?? undefined);
  const total = data?.pages[0]?.count;
  return (
    <Stack gap="sm">
      <CallsHeader address={address} total={total} names={names} setNames={setNames} />
      <FilterBar address={address} set={set} />
      <Trouble error={error} />
      {calls.length > 0 && (
        <CallsTable
          columns={columns}
          calls={calls}
          order={sortOf(address)}
          onSort={(sort) => set({ sort })}
        />
      )}
      {calls.length === 0 && !isPending && !error && (
        <Nothing>
          {chosenFilters(address).length > 0
            ? "No call fits these filters."
            : "No calls yet. Place one, and it appears here."}
        </Nothing>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      {newCount > 0 && (
        <Affix position={{ bottom: 24, left: "50%" }} style={{ transform: "translateX(-50%)" }}>
          <Button size="compact-md" onClick={() => window.scrollTo({ top: 0 })}>
            {newCount} new
          </Button>
        </Affix>
      )}
    </Stack>
  );
}

// While somebody reads further down, the list ends at the newest row that was there when they began.
function useReading() {
  const [{ y }] = useWindowScroll();
  const [newest, setNewest] = useState<string>();
  const isReading = y > READING_FROM;
  return {
    until: isReading ? newest : undefined,
    follow(createdAt: string | undefined) {
      if (!isReading && createdAt !== newest) setNewest(createdAt);
    },
  };
}
