import type { CallLogView } from "@call-log/model";
import type { InfiniteData } from "@tanstack/react-query";

/** One page of the table. */
export interface CallsPage {
  data: CallLogView[];
  count: number;
  skip: number;
  limit: number;
  nextCursor?: string;
}

/** The pages of the table that were read. */
export type CallsPages = InfiniteData<CallsPage>;

/** The rows of all pages. */
export function rowsOf(pages: CallsPages | undefined): CallLogView[] {
  return pages?.pages.flatMap(({ data }) => data) ?? [];
}

/** The same rows at the same places, with what has changed of them. */
export function withChanges(pages: CallsPages, changed: readonly CallLogView[]): CallsPages {
  const byId = new Map(changed.map((call) => [call._id, call]));
  return {
    ...pages,
    pages: pages.pages.map((page) => {
      if (!page.data.some(({ _id }) => byId.has(_id))) return page;
      return { ...page, data: page.data.map((call) => byId.get(call._id) ?? call) };
    }),
  };
}

/** Which of the calls are new to a table that shows the newest first: not in it, and newer than all of it. Newest first. */
export function arrivalsIn(pages: CallsPages, calls: readonly CallLogView[]): CallLogView[] {
  const rows = rowsOf(pages);
  const known = new Set(rows.map(({ _id }) => _id));
  const newest = rows.reduce((latest, { createdAt }) => {
    return createdAt && createdAt > latest ? createdAt : latest;
  }, "");
  return calls
    .filter(({ _id, createdAt }) => !known.has(_id) && createdAt && createdAt >= newest)
    .toSorted((a, b) => ((a.createdAt ?? "") < (b.createdAt ?? "") ? 1 : -1));
}

/** The arrivals before all other rows, counted; those that are there already only change. */
export function withArrivals(pages: CallsPages, arrivals: readonly CallLogView[]): CallsPages {
  const known = new Set(rowsOf(pages).map(({ _id }) => _id));
  const fresh = arrivals.filter(({ _id }) => !known.has(_id));
  const changed = withChanges(pages, arrivals);
  return {
    ...changed,
    pages: changed.pages.map((page, index) => ({
      ...page,
      count: page.count + fresh.length,
      data: index === 0 ? [...fresh, ...page.data] : page.data,
    })),
  };
}

/** The arrivals that wait, each once, newest first, as they stand now. */
export function waitingWith(
  waiting: readonly CallLogView[],
  arrivals: readonly CallLogView[],
): CallLogView[] {
  const again = new Set(arrivals.map(({ _id }) => _id));
  return [...arrivals, ...waiting.filter(({ _id }) => !again.has(_id))];
}
