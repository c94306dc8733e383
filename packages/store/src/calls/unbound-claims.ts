import type { Attempt, AttemptState } from "@call-log/model";
import type { Collection } from "mongodb";

import type { CallDocument } from "./call-document.ts";

/** States in which an attempt may have an unknown call at the provider. */
const UNBOUND: readonly AttemptState[] = ["submitting", "unknown"];

/** When those of a call's attempts were claimed whose call nobody knows. */
export function unboundClaims(attempts: readonly Attempt[]): Date[] {
  return attempts.flatMap(({ state, providerCallId, claimedAt }) =>
    UNBOUND.includes(state) && providerCallId === undefined ? (claimedAt ?? []) : [],
  );
}

/** The same for all other calls to a number that something is still awaited of. */
export async function findUnboundClaims(
  callLogs: Collection<CallDocument>,
  { toNumber, exceptCallLogId }: { toNumber: string; exceptCallLogId: string },
): Promise<Date[]> {
  const filter = {
    wakeAt: { $exists: true },
    toNumber,
    _id: { $ne: exceptCallLogId },
    attempts: { $elemMatch: { state: { $in: [...UNBOUND] }, providerCallId: { $exists: false } } },
  };
  const found = await callLogs.find(filter, { projection: { attempts: 1 } }).toArray();
  return found.flatMap(({ attempts }) => unboundClaims(attempts));
}
