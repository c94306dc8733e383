import type { QueryInput } from "@call-log/model";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { ROW_SELECT } from "../../call/call-view.ts";
import { queryOf, sortInput, sortOf } from "./calls-filter.ts";

/** Rows of one page, and how often they are read again. */
const [PAGE_SIZE, REFRESH_MS] = [50, 2000];

/** Where the next page begins. */
type PageStart = { cursor: string } | { skip: number };

/** The rows that an address asks for. With a time, only those up to it, so that new ones don't move what is read. */
export function useCalls(address: URLSearchParams, until: string | undefined) {
  const order = sortInput(sortOf(address));
  const query = upTo(queryOf(address), until);
  return useInfiniteQuery({
    queryKey: ["calls", order, query],
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
    refetchInterval: REFRESH_MS,
  });
}

/** How many calls came after a time; 0 while nobody asks. */
export function useNewCount(address: URLSearchParams, since: string | undefined): number {
  const query = {
    $and: [queryOf(address), { createdAt: { _type: "GreaterThan", value: since ?? "" } as const }],
  };
  const { data } = useQuery({
    queryKey: ["new-calls", query],
    queryFn: ({ signal }) => api.callLog.count.query({ query }, { signal }),
    enabled: since !== undefined,
    refetchInterval: REFRESH_MS,
  });
  return since === undefined ? 0 : (data?.count ?? 0);
}

function upTo(query: QueryInput, until: string | undefined): QueryInput {
  if (until === undefined) return query;
  return { $and: [query, { createdAt: { _type: "LessThanOrEqual", value: until } }] };
}
