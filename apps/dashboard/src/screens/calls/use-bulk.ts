import type { QueryInput } from "@call-log/model";
import { useEffect, useRef, useState } from "react";

import { api } from "../../api.ts";
import { BULK_ACTS, type BulkActName, type BulkTally, tallied } from "./bulk-act.ts";

/** Calls that are asked for, and acted on, at a time; after each the person may stop. */
const AT_ONCE = 50;

const ACTS = {
  cancel: (ids: string[]) => api.calls.cancelMany.mutate({ ids }),
  retry: (ids: string[]) => api.calls.retryMany.mutate({ ids }),
} as const satisfies Record<BulkActName, unknown>;

/** Does an act with every call of a scope, newest first; calls that come meanwhile are none of them. */
export function useBulk(act: BulkActName, scope: QueryInput) {
  const [state, setState] = useState<"idle" | "running" | "stopped" | "over">("idle");
  const [tally, setTally] = useState<BulkTally>({ done: 0, refused: {} });
  const [error, setError] = useState<unknown>();
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);

  async function start() {
    const { signal } = (stopping.current = new AbortController());
    setState("running");
    try {
      for await (const ids of idsOf({ $and: [scope, BULK_ACTS[act].query] })) {
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

async function* idsOf(query: QueryInput): AsyncGenerator<string[]> {
  let cursor: string | undefined;
  do {
    const page = await api.callLog.getList.query({
      query,
      sort: { createdAt: -1 },
      limit: AT_ONCE,
      ...(cursor !== undefined && { cursor }),
    });
    if (page.data.length > 0) yield page.data.map(({ _id }) => _id);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
