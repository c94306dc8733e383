import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { ROW_SELECT } from "../../call/call-view.ts";
import { queryOf, sortInput, sortOf } from "./calls-filter.ts";

/** Rows per page. */
const PAGE_SIZE = 50;

/** Start of the next page. */
type PageStart = { cursor: string } | { skip: number };

/** Key of an address's rows in the query cache. */
export function callsKey(address: URLSearchParams): readonly unknown[] {
  return ["calls", sortInput(sortOf(address)), queryOf(address)];
}

/** The rows of an address, a page at a time. `useLive` updates them. */
export function useCalls(address: URLSearchParams) {
  const order = sortInput(sortOf(address));
  const query = queryOf(address);
  return useInfiniteQuery({
    queryKey: callsKey(address),
    queryFn: ({ pageParam, signal }) =>
      api.callLog.getList.query(
        { query, sort: order, select: ROW_SELECT, limit: PAGE_SIZE, inParts: true, ...pageParam },
        { signal },
      ),
    initialPageParam: {} as PageStart | Record<string, never>,
    getNextPageParam: ({ nextCursor, skip, limit, count }): PageStart | undefined => {
      if (nextCursor !== undefined) return { cursor: nextCursor };
      const isByAge = Object.keys(order)[0] === "createdAt";
      return !isByAge && skip + limit < count ? { skip: skip + limit } : undefined;
    },
    placeholderData: keepPreviousData,
    staleTime: 5000,
    // Refetching many pages would move rows; `useLive` brings the changes.
    refetchOnWindowFocus: false,
  });
}
