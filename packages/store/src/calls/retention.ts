import { isFinalStatus, type CallRecord } from "@call-log/model";

import type { CallDocument } from "./call-document.ts";

const MS_PER_DAY = 86_400_000;

/** True when a call is settled: its status is final and the sweeper has nothing to do for it, such as a price. */
export function isOver(record: CallRecord): boolean {
  return isFinalStatus(record.status) && record.wakeAt === undefined;
}

/** The document of a record. Only settled calls expire, counted in days from their last change. */
export function toDocument(record: CallRecord, retentionDays: number | undefined): CallDocument {
  if (retentionDays === undefined || !isOver(record)) return record;
  const expireAt = new Date(record.updatedAt.getTime() + retentionDays * MS_PER_DAY);
  return { ...record, expireAt };
}
