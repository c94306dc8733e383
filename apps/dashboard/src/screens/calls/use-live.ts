import { useLocalStorage } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { api } from "../../api.ts";
import { type CallLogView, ROW_SELECT } from "../../call/call-view.ts";
import { queryOf, sortOf } from "./calls-filter.ts";
import { currentRows } from "./current-rows.ts";
import {
  arrivalsIn,
  type CallsPages,
  rowsOf,
  waitingWith,
  withArrivals,
  withChanges,
} from "./live-rows.ts";
import { callsKey } from "./use-calls.ts";
import { HISTOGRAMS, isInOnePart } from "./use-histogram.ts";
import { type LiveEvent, useStream } from "./use-stream.ts";

/** Delay from a change to the refresh of the chart, in milliseconds; the chart counts all matches. */
const CHART_AFTER_MS = 3000;
/** Number of rows on the first page, with arrivals, from which it is read again. */
const MOST_IN_A_PAGE = 300;

interface Options {
  address: URLSearchParams;
  /** Whether rows are loaded. */
  isReady: boolean;
  /** Whether arriving calls have to wait, so that nothing moves. */
  isReading: () => boolean;
}

/** Keeps the rows of the table up to date: changed rows in place, new ones on top, or waiting while the person reads. */
export function useLive({ address, isReady, isReading }: Options) {
  const queries = useQueryClient();
  const [isWanted, setWanted] = useWanted();
  const key = callsKey(address);
  const keyText = JSON.stringify(key);
  const isNewestFirst = sortOf(address).column === "createdAt" && sortOf(address).direction === -1;
  const [waiting, setWaiting] = useState<{ keyText: string; calls: CallLogView[] }>();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const waitingCalls = waiting?.keyText === keyText ? waiting.calls : [];
  const patch = (change: (pages: CallsPages) => CallsPages) =>
    queries.setQueryData<CallsPages>(key, (pages) => (pages === undefined ? pages : change(pages)));

  const drawChartSoon = useSoon(CHART_AFTER_MS, () => {
    // What is counted in parts is too much to be counted again and again.
    void queries.invalidateQueries({ queryKey: [HISTOGRAMS], predicate: isInOnePart });
  });
  const receive = (pages: CallsPages, arrivals: readonly CallLogView[]) => {
    if (arrivals.length === 0) return;
    const all = waitingWith(waitingCalls, arrivals);
    const isFree = isNewestFirst && !isReading();
    setWaiting(isFree ? undefined : { keyText, calls: all });
    if (isFree) patch((present) => withArrivals(present, all));
    // A table that is left open must not grow for ever.
    const isLong = (pages.pages[0]?.data.length ?? 0) > MOST_IN_A_PAGE;
    if (isFree && isLong) void queries.invalidateQueries({ queryKey: key });
  };
  const onChanges = async ({ calls, others }: LiveEvent) => {
    const pages = queries.getQueryData<CallsPages>(key);
    if (pages === undefined) return;
    drawChartSoon();
    const shown = new Set(rowsOf(pages).map(({ _id }) => _id));
    patch((present) => withChanges(present, calls));
    receive(pages, arrivalsIn(pages, calls));
    const left = others.filter((id) => shown.has(id));
    setGone((present) =>
      changedSet(
        present,
        left,
        calls.map(({ _id }) => _id),
      ),
    );
    // The rows stay, in their latest form.
    if (left.length === 0) return;
    const rows = await currentRows(left, readRows);
    patch((present) => withChanges(present, rows));
  };

  const stream = useStream({
    query: queryOf(address),
    isOpen: isWanted && isReady,
    onChanges,
  });
  return {
    ...stream,
    state: isWanted ? stream.state : ("off" as const),
    setWanted,
    waiting: waitingCalls.length,
    /** Rows that no longer match the filters. */
    gone,
    /** Inserts the waiting calls. */
    showWaiting() {
      setWaiting(undefined);
      if (isNewestFirst) patch((present) => withArrivals(present, waitingCalls));
      else void queries.invalidateQueries({ queryKey: key });
    },
  };
}

// Whether live updates are switched on in this browser.
function useWanted() {
  return useLocalStorage({
    key: "call-log.live",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
}

// Throttle: runs a function once, `ms` after the first of many requests.
function useSoon(ms: number, act: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      act();
    }, ms);
  };
}

function changedSet(
  present: ReadonlySet<string>,
  added: readonly string[],
  removed: readonly string[],
): ReadonlySet<string> {
  const isSame = added.every((id) => present.has(id)) && !removed.some((id) => present.has(id));
  if (isSame) return present;
  const next = new Set([...present, ...added]);
  for (const id of removed) next.delete(id);
  return next;
}

async function readRows(ids: string[]): Promise<CallLogView[]> {
  const query = { _id: { _type: "Includes", value: ids } } as const;
  const page = await api.callLog.getList.query({ query, select: ROW_SELECT, limit: ids.length });
  return page.data;
}
