import { isFinalStatus } from "@call-log/model";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../../api.ts";
import type { CallLogView } from "../../../call/call-view.ts";
import { useSignedIn } from "../../../session/session-context.ts";
import { useCalledAgain } from "../use-called-again.ts";
import { type TimelineEntry, timelineOf } from "./timeline-of.ts";

/** Refresh interval of an open call's acts and webhooks, and of a finished one's, in milliseconds. */
const [OPEN_MS, OVER_MS] = [5000, 15_000];
/** Most acts and deliveries that a timeline shows. */
const MOST = 100;
/** A wait that settings or a pause may have caused, in milliseconds. */
const LONG_WAIT_MS = 60_000;

/** Acts on a project that can hold its calls. */
const HOLDING = ["project.pause", "project.resume", "project.update"];

/** The timeline of a call, with what the reader's key may see, and the first error. */
export function useTimeline(call: CallLogView): { entries: TimelineEntry[]; error: unknown } {
  const { may } = useSignedIn();
  const { _id: id, retryOf } = call;
  const refetchInterval = isFinalStatus(call.status ?? "") ? OVER_MS : OPEN_MS;
  const mayAudit = may.includes("administer");
  const again = useCalledAgain(call);
  const acts = useQuery({
    queryKey: ["acts-on-call", id, retryOf],
    queryFn: ({ signal }) => {
      const ids = [id, ...(retryOf ? [retryOf] : [])];
      const query = { "target.id": { _type: "Includes", value: ids } };
      return api.audit.list.query({ query, limit: MOST }, { signal });
    },
    enabled: mayAudit,
    refetchInterval,
  });
  const holding = useQuery({
    queryKey: ["acts-that-held", id, call.status],
    queryFn: async ({ signal }) => {
      const { data } = await api.audit.list.query(
        { query: heldDuring(call), limit: MOST },
        { signal },
      );
      return data.toReversed();
    },
    enabled: mayAudit && hasWaited(call),
    refetchInterval,
  });
  const deliveries = useQuery({
    queryKey: ["webhooks", "of-call", id],
    queryFn: ({ signal }) =>
      api.webhooks.deliveries.list.query({ callLogId: id, limit: MOST }, { signal }),
    refetchInterval,
  });
  const onCall = (acts.data?.data ?? []).filter(
    ({ target, facts }) => target?.id === id || facts?.["newCallLogId"] === id,
  );
  const sources = {
    acts: [...onCall, ...(holding.data ?? [])],
    deliveries: deliveries.data?.data ?? [],
    again,
  };
  const error = acts.error ?? holding.error ?? deliveries.error;
  return { entries: timelineOf(call, sources), error };
}

/** Whether a call waited so long that a pause or a setting may be why. */
export function hasWaited({ createdAt, attempts, waitsFor }: CallLogView): boolean {
  if (waitsFor) return true;
  const claimed = attempts?.find(({ claimedAt }) => claimedAt)?.claimedAt;
  if (!createdAt || !claimed) return false;
  return Date.parse(claimed) - Date.parse(createdAt) > LONG_WAIT_MS;
}

// While the call waited: from its request to its first dial, or until now.
function heldDuring({ createdAt, attempts }: CallLogView): Record<string, unknown> {
  const claimed = attempts?.find(({ claimedAt }) => claimedAt)?.claimedAt;
  const endValue = claimed ?? new Date().toISOString();
  return {
    act: { _type: "Includes", value: HOLDING },
    createdAt: { _type: "InBetween", startValue: createdAt, endValue },
  };
}
