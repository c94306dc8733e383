import type { CallRecord, RestoreGap } from "@call-log/model";
import { parseAttemptId } from "@call-log/model";
import type { CallSnapshot } from "@call-log/provider";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { secondsAfter } from "../rules/seconds.ts";
import type { Providers } from "./provider-lookup.ts";

/** Clocks differ: calls created up to this long before or after the gap are looked at, in seconds. */
const CLOCK_SKEW_SECONDS = 5;

/** A call that a provider has, and the name of the provider. */
export interface OrphanedCall {
  provider: string;
  snapshot: CallSnapshot;
}

/**
 * Calls to the number of a restored call that were begun in the gap and belong to no attempt in the database, at any provider. Throws
 * when one of them can't be asked.
 */
export async function findOrphanedCalls(
  context: Providers & Pick<DispatchContext, "calls">,
  { toNumber, projectId }: Pick<CallRecord, "toNumber" | "projectId">,
  { backupAt, restoredAt }: RestoreGap,
): Promise<OrphanedCall[]> {
  const createdSince = secondsAfter(backupAt, -CLOCK_SKEW_SECONDS);
  const until = secondsAfter(restoredAt, CLOCK_SKEW_SECONDS);
  const lists = await Promise.all(
    Object.entries(context.providers).map(async ([provider, asked]) => {
      const snapshots = await asked.findCalls({ toNumber, createdSince });
      return snapshots.map((snapshot) => ({ provider, snapshot }));
    }),
  );
  const found = lists.flat().filter(({ snapshot }) => snapshot.createdAt <= until);
  const providerCallIds = found.map(({ snapshot }) => snapshot.providerCallId);
  const owned = await context.calls.ownedProviderCallIds({ projectId, toNumber, providerCallIds });
  return found.filter(({ snapshot }) => !owned.has(snapshot.providerCallId));
}

/** Whether a call may be one of this call log's attempts: its label says so, or it has none. */
export function mayBeOf({ _id }: Pick<CallRecord, "_id">, { attemptId }: CallSnapshot): boolean {
  return attemptId === undefined || parseAttemptId(attemptId)?.callLogId === _id;
}
