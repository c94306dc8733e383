import type { InfiniteData } from "@tanstack/react-query";

import type { Outputs } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";

/** The loaded pages of the table. */
export type CallsPages = InfiniteData<Outputs["callLog"]["getList"]>;

/** The rows of all pages. */
export function rowsOf(pages: CallsPages | undefined): CallLogView[] {
  return pages?.pages.flatMap(({ data }) => data) ?? [];
}

/** The same rows in the same places, with their changes. */
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

/** Calls that are new to a table sorted by age: not in it, and newer than all its rows. Newest first. */
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

/** Puts the arrivals before all other rows and adjusts the count; rows that exist only change. */
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

/** The waiting arrivals in their latest form, each once, newest first. */
export function waitingWith(
  waiting: readonly CallLogView[],
  arrivals: readonly CallLogView[],
): CallLogView[] {
  const again = new Set(arrivals.map(({ _id }) => _id));
  return [...arrivals, ...waiting.filter(({ _id }) => !again.has(_id))];
}
