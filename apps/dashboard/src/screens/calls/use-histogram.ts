import { type CallHistogram, mergedHistograms } from "@call-log/model";
import { keepPreviousData, type Query, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api } from "../../api.ts";
import { useAllParts } from "../../figures/use-all-parts.ts";

/** Key of every histogram in the query cache. */
export const HISTOGRAMS = "histogram";

/** False for a histogram that was counted in several parts. */
export function isInOnePart({ state }: Query): boolean {
  const { pages = [] } = (state.data ?? {}) as { pages?: readonly unknown[] };
  return pages.length <= 1;
}

type Question = NonNullable<Parameters<typeof api.callLog.histogram.query>[0]>;

/** The calls of a question over time; of too many for one answer part by part, the newest first. */
export function useHistogram(question: Question, { enabled }: { enabled: boolean }) {
  const query = useInfiniteQuery({
    queryKey: [HISTOGRAMS, question],
    queryFn: ({ pageParam: cursor, signal }) =>
      api.callLog.histogram.query(
        { ...question, inParts: true, ...(cursor !== undefined && { cursor }) },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    enabled,
    refetchOnWindowFocus: false,
  });
  useAllParts(query);
  const { data, error, refetch, isPlaceholderData: isOld } = query;
  const histogram = useMemo<CallHistogram | undefined>(
    () => data?.pages.reduce((newer, older) => mergedHistograms(newer, older)),
    [data],
  );
  return { histogram, error, refetch, isOld };
}
