import { isFinalStatus } from "@call-log/model";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";

/** Refresh interval, in milliseconds. */
const EVERY_MS = 10_000;

/** The call log that calls this one again, if there is one; an open call has none. */
export function useCalledAgain({ _id: id, status }: Pick<CallLogView, "_id" | "status">) {
  const { data } = useQuery({
    queryKey: ["called-again", id],
    queryFn: ({ signal }) => api.calls.calledAgain.query({ id }, { signal }),
    enabled: isFinalStatus(status ?? ""),
    refetchInterval: EVERY_MS,
  });
  return data ?? undefined;
}
