import type { QueryInput } from "@call-log/model";
import { useEffect, useRef, useState } from "react";

import { api } from "../../api.ts";
import { type BulkActionName, NO_TALLY, tallied } from "./bulk-action.ts";
import type { Row } from "./bulk-preview.ts";

/** Calls per request of an action; the person can stop after each request. */
const AT_ONCE = 50;

const ACTS = {
  cancel: (ids: string[]) => api.calls.cancelMany.mutate({ ids }),
  retry: (ids: string[]) => api.calls.retryMany.mutate({ ids }),
} as const satisfies Record<BulkActionName, unknown>;

/** Runs an action on calls in batches; calls that arrive meanwhile are not included. */
export function useBulk(act: BulkActionName) {
  const [state, setState] = useState<"idle" | "running" | "stopped" | "over">("idle");
  const [tally, setTally] = useState(NO_TALLY);
  const [error, setError] = useState<unknown>();
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);

  async function start(batches: AsyncIterable<string[]> | Iterable<string[]>) {
    const { signal } = (stopping.current = new AbortController());
    setState("running");
    try {
      for await (const ids of batches) {
        if (signal.aborted) break;
        const { results } = await ACTS[act](ids);
        setTally((present) => tallied(present, results));
        if (signal.aborted) break;
      }
    } catch (thrown) {
      setError(thrown);
      stopping.current.abort();
    }
    setState(signal.aborted ? "stopped" : "over");
  }

  return { state, tally, error, start, stop: () => stopping.current?.abort() };
}

/** Splits ids into batches. */
export function* partsOf(ids: readonly string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += AT_ONCE) yield ids.slice(start, start + AT_ONCE);
}

/** The calls that a query finds, newest first, a page at a time. */
export async function* rowsOf(query: QueryInput, limit = AT_ONCE): AsyncGenerator<Row[]> {
  let cursor: string | undefined;
  do {
    const page = await api.callLog.getList.query({
      query,
      select: { toNumber: true },
      sort: { createdAt: -1 },
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    if (page.data.length > 0) yield page.data;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

/** The ids of the calls that a query finds, a page at a time. */
export async function* idsOf(query: QueryInput): AsyncGenerator<string[]> {
  for await (const rows of rowsOf(query)) yield rows.map(({ _id }) => _id);
}
