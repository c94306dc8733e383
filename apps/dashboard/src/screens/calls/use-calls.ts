import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { ROW_SELECT } from "../../call/call-view.ts";
import { queryOf, sortInput, sortOf } from "./calls-filter.ts";

/** Rows of one page. */
const PAGE_SIZE = 50;

/** Where the next page begins. */
type PageStart = { cursor: string } | { skip: number };

/** Key of an address's rows in the query cache. */
export function callsKey(address: URLSearchParams): readonly unknown[] {
  return ["calls", sortInput(sortOf(address)), queryOf(address)];
}

/** The rows that an address asks for, a page at a time. What changes afterwards comes by `useLive`. */
export function useCalls(address: URLSearchParams) {
  const order = sortInput(sortOf(address));
  const query = queryOf(address);
  return useInfiniteQuery({
    queryKey: callsKey(address),
    queryFn: ({ pageParam, signal }) =>
      api.callLog.getList.query(
        { query, sort: order, select: ROW_SELECT, limit: PAGE_SIZE, ...pageParam },
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
    // Reading many pages again would move what is read; changes come by themselves.
    refetchOnWindowFocus: false,
  });
}
