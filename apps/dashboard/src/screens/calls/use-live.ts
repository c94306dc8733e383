import type { CallLogView, QueryInput } from "@call-log/model";
import { useDocumentVisibility, useLocalStorage } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { api, errorText, isSignedOut } from "../../api.ts";
import { ROW_SELECT } from "../../call/call-view.ts";
import { SESSION_KEY } from "../../session/session.ts";
import { queryOf, sortOf } from "./calls-filter.ts";
import {
  arrivalsIn,
  type CallsPages,
  rowsOf,
  waitingWith,
  withArrivals,
  withChanges,
} from "./live-rows.ts";
import { callsKey } from "./use-calls.ts";

/** How the changes come: not at all, being connected, or as they happen. */
export type LiveState = "off" | "connecting" | "on";

/** The chart is drawn again this long after a change, in milliseconds; it counts all that match. */
const CHART_AFTER_MS = 3000;

interface Options {
  address: URLSearchParams;
  /** Whether there are rows to keep up to date. */
  isReady: boolean;
  /** Asked when calls arrive: whether they have to wait, so that nothing moves. */
  isReading: () => boolean;
}

/** Keeps the rows of the table up to date: changed ones in place, new ones on top, or waiting while somebody reads. */
export function useLive({ address, isReady, isReading }: Options) {
  const queries = useQueryClient();
  const [isWanted, setWanted] = useLocalStorage({
    key: "call-log.live",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  const key = callsKey(address);
  const keyText = JSON.stringify(key);
  const isNewestFirst = sortOf(address).column === "createdAt" && sortOf(address).direction === -1;
  const [waiting, setWaiting] = useState<{ keyText: string; calls: CallLogView[] }>();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const waitingCalls = waiting?.keyText === keyText ? waiting.calls : [];
  const patch = (change: (pages: CallsPages) => CallsPages) =>
    queries.setQueryData<CallsPages>(key, (pages) => (pages === undefined ? pages : change(pages)));

  const onChanges = async ({ calls, others }: { calls: CallLogView[]; others: string[] }) => {
    const pages = queries.getQueryData<CallsPages>(key);
    if (pages === undefined) return;
    drawChartSoon();
    const shown = new Set(rowsOf(pages).map(({ _id }) => _id));
    patch((present) => withChanges(present, calls));
    const arrivals = arrivalsIn(pages, calls);
    if (arrivals.length > 0 && isNewestFirst && !isReading())
      patch((present) => withArrivals(present, arrivals));
    else if (arrivals.length > 0)
      setWaiting({ keyText, calls: waitingWith(waitingCalls, arrivals) });
    const left = others.filter((id) => shown.has(id));
    setGone((present) =>
      changedSet(
        present,
        left,
        calls.map(({ _id }) => _id),
      ),
    );
    // The rows stay, and show what became of them.
    if (left.length > 0) patch(await rowsNow(left));
  };

  const chartTimer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const drawChartSoon = () => {
    chartTimer.current ??= setTimeout(() => {
      chartTimer.current = undefined;
      void queries.invalidateQueries({ queryKey: ["histogram"] });
    }, CHART_AFTER_MS);
  };
  useEffect(() => () => clearTimeout(chartTimer.current), []);

  const { state, trouble } = useStream({
    query: queryOf(address),
    isOpen: isWanted && isReady,
    onChanges,
  });
  return {
    state: isWanted ? state : ("off" as const),
    trouble,
    setWanted,
    waiting: waitingCalls.length,
    /** Rows that do not fit the filters any more. */
    gone,
    /** Let the waiting ones in. */
    showWaiting() {
      setWaiting(undefined);
      if (isNewestFirst) patch((present) => withArrivals(present, waitingCalls));
      else void queries.invalidateQueries({ queryKey: key });
    },
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

async function rowsNow(ids: readonly string[]): Promise<(pages: CallsPages) => CallsPages> {
  const { data } = await api.callLog.getList.query({
    query: { _id: { _type: "Includes", value: ids.slice(0, 100) } },
    select: ROW_SELECT,
    limit: 100,
  });
  return (pages) => withChanges(pages, data);
}

interface StreamOptions {
  query: QueryInput;
  isOpen: boolean;
  onChanges: (event: { calls: CallLogView[]; others: string[] }) => Promise<void>;
}

// A hidden page needs no news, and a browser has few connections to a server; where it was is where it goes on.
function useStream({ query, isOpen, onChanges }: StreamOptions) {
  const queries = useQueryClient();
  const isVisible = useDocumentVisibility() === "visible";
  const [state, setState] = useState<LiveState>("connecting");
  const [trouble, setTrouble] = useState<string>();
  const last = useRef<{ queryText: string; id: string }>(undefined);
  const queryText = JSON.stringify(query);
  const onEvent = useEffectEvent((id: string, event: Parameters<typeof onChanges>[0]) => {
    last.current = { queryText, id };
    onChanges(event).catch((error: unknown) => setTrouble(errorText(error)));
  });
  useEffect(() => {
    if (!isOpen || !isVisible) return undefined;
    setTrouble(undefined);
    const from = last.current?.queryText === queryText ? last.current.id : undefined;
    const subscription = api.callLog.live.subscribe(
      {
        query: JSON.parse(queryText) as QueryInput,
        select: ROW_SELECT,
        ...(from !== undefined && { lastEventId: from }),
      },
      {
        onData: ({ id, data }) => onEvent(id, data),
        onConnectionStateChange: (change) =>
          setState(change.state === "pending" ? "on" : "connecting"),
        onError(error) {
          if (isSignedOut(error)) queries.setQueryData(SESSION_KEY, null);
          setTrouble(errorText(error));
        },
      },
    );
    return () => subscription.unsubscribe();
  }, [isOpen, isVisible, queryText, queries]);
  return { state, trouble };
}
