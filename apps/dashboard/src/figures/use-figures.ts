import { type CallFigures, mergedFigures } from "@call-log/model";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api } from "../api.ts";
import { isWithoutAnswer } from "../connection/error-text.ts";
import type { FiguresQuestion } from "./figures-question.ts";
import { useAllParts } from "./use-all-parts.ts";

/** Refresh interval of figures that still grow, in milliseconds. */
const REFRESH_MS = 15_000;
const ASK_AGAIN_MS = 5000;

/** Figures, or what is known of them so far. */
export interface FiguresState {
  /** Undefined until the first answer. */
  figures: CallFigures | undefined;
  /** Older calls are still being counted. */
  isCounting: boolean;
  /** What is shown is of another question, until this one is answered. */
  isOld: boolean;
  error: unknown;
  /** Milliseconds since 1970, 0 before the first answer. */
  updatedAt: number;
}

/** The figures of a question; of many calls part by part, the newest first. */
export function useFigures(question: FiguresQuestion, { enabled = true } = {}): FiguresState {
  const query = useInfiniteQuery({
    queryKey: ["figures", question],
    queryFn: ({ pageParam, signal }) =>
      api.callLog.figures.query(
        {
          ...question,
          by: [...question.by],
          ...(pageParam !== undefined && { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
    enabled,
    // What is counted in parts is too much to be counted again and again; what is over changes no more.
    refetchInterval({ state }) {
      if (isWithoutAnswer(state.error)) return ASK_AGAIN_MS;
      return question.to === undefined && state.data?.pages.length === 1 && REFRESH_MS;
    },
  });
  useAllParts(query);
  const { data, error, hasNextPage, isPlaceholderData, dataUpdatedAt } = query;
  const pages = enabled ? data?.pages : undefined;
  const figures = useMemo<CallFigures | undefined>(
    () => pages?.reduce((newer, older) => mergedFigures(newer, older)),
    [pages],
  );
  return {
    figures,
    isCounting: hasNextPage,
    isOld: isPlaceholderData,
    error,
    updatedAt: dataUpdatedAt,
  };
}
