import type { QueryInput } from "@call-log/model";
import { useEffect, useRef, useState } from "react";

import { api } from "../../api.ts";
import { type BulkActionName, NO_TALLY, tallied } from "./bulk-action.ts";

/** Most calls that one request undoes; the server's limit. */
const UNDONE_AT_ONCE = 1000;

/** What an action is about, as the server reads it. */
export interface BulkWish {
  act: BulkActionName;
  query: QueryInput;
  withReached: boolean;
}

/** Runs an action in steps on the server; the person can stop after each, and undo what is not dialled yet. */
export function useBulk(wish: BulkWish) {
  const [id] = useState(() => crypto.randomUUID());
  const [state, setState] = useState<"idle" | "running" | "stopped" | "over">("idle");
  const [tally, setTally] = useState(NO_TALLY);
  const [error, setError] = useState<unknown>();
  const stopping = useRef<AbortController>(undefined);
  useEffect(() => () => stopping.current?.abort(), []);

  async function start() {
    const { signal } = (stopping.current = new AbortController());
    setState("running");
    setError(undefined);
    try {
      let cursor: string | undefined;
      do {
        const step = await api.bulk.run.mutate({ ...wish, id, ...(cursor && { cursor }) });
        setTally((present) => tallied(present, step));
        cursor = step.nextCursor;
      } while (cursor !== undefined && !signal.aborted);
    } catch (thrown) {
      setError(thrown);
      stopping.current.abort();
    }
    setState(signal.aborted ? "stopped" : "over");
  }

  return { state, tally, error, start, undo: undoOf(id), stop: () => stopping.current?.abort() };
}

/** What undoing an action did: canceled calls, and those that it came too late for. */
export interface Undone {
  canceled: number;
  late: { calls: number; ids: readonly string[] };
}

function undoOf(id: string) {
  return async (ids: readonly string[]): Promise<Undone> => {
    let undone: Undone = { canceled: 0, late: { calls: 0, ids: [] } };
    for (let start = 0; start < ids.length; start += UNDONE_AT_ONCE) {
      const some = ids.slice(start, start + UNDONE_AT_ONCE);
      const { canceled, late } = await api.bulk.undo.mutate({ id, ids: some });
      undone = {
        canceled: undone.canceled + canceled,
        late: { calls: undone.late.calls + late.calls, ids: [...undone.late.ids, ...late.ids] },
      };
    }
    return undone;
  };
}
