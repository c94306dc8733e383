import { useEffect } from "react";

/** A query whose answer comes in parts. */
interface PartQuery {
  hasNextPage: boolean;
  isFetching: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

/** Asks for one part after the other until there is none, or an error. */
export function useAllParts({ hasNextPage, isFetching, error, fetchNextPage }: PartQuery): void {
  const goesOn = hasNextPage && error === null;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
}
