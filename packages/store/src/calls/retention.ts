import { isFinalStatus, type CallRecord } from "@call-log/model";

import type { CallDocument } from "./call-document.ts";
import { currentLookup } from "./call-lookup.ts";

const MS_PER_DAY = 86_400_000;

/** True when a call is settled: its status is final and the sweeper has nothing to do for it, such as a price. */
export function isOver(record: CallRecord): boolean {
  return isFinalStatus(record.status) && record.wakeAt === undefined;
}

/** When a record that is not changed any more may be deleted; undefined without a retention. */
export function expiryOf(
  { updatedAt }: Pick<CallRecord, "updatedAt">,
  retentionDays: number | undefined,
): Date | undefined {
  if (retentionDays === undefined) return undefined;
  return new Date(updatedAt.getTime() + retentionDays * MS_PER_DAY);
}

/** The document of a record, with what it is found by. Only settled calls expire, counted in days from their last change. */
export function toDocument(record: CallRecord, retentionDays: number | undefined): CallDocument {
  const document = { ...record, lookup: currentLookup(record) };
  const expireAt = expiryOf(record, retentionDays);
  return expireAt === undefined || !isOver(record) ? document : { ...document, expireAt };
}
