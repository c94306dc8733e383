import type { Attempt, AttemptState } from "@call-log/model";
import type { Collection } from "mongodb";

import type { CallDocument } from "./call-document.ts";

/** States in which an attempt may have an unknown call at the provider. */
const UNMATCHED: readonly AttemptState[] = ["submitting", "unknown"];

/** Claim times of the attempts that may have a call at the provider which no one has matched with them yet. */
export function unmatchedClaimTimes(attempts: readonly Attempt[]): Date[] {
  return attempts.flatMap(({ state, providerCallId, claimedAt }) =>
    UNMATCHED.includes(state) && providerCallId === undefined ? (claimedAt ?? []) : [],
  );
}

/** The same for all other open calls to a number. */
export async function findUnmatchedClaimTimes(
  callLogs: Collection<CallDocument>,
  { toNumber, exceptCallLogId }: { toNumber: string; exceptCallLogId: string },
): Promise<Date[]> {
  const filter = {
    wakeAt: { $exists: true },
    toNumber,
    _id: { $ne: exceptCallLogId },
    attempts: {
      $elemMatch: { state: { $in: [...UNMATCHED] }, providerCallId: { $exists: false } },
    },
  };
  const found = await callLogs.find(filter, { projection: { attempts: 1 } }).toArray();
  return found.flatMap(({ attempts }) => unmatchedClaimTimes(attempts));
}
