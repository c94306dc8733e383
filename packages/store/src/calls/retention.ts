import { isFinalStatus, type CallRecord } from "@call-log/model";

import type { CallDocument } from "./call-document.ts";

const MS_PER_DAY = 86_400_000;

/** True when nothing is to come any more: the status is final and the sweeper has no business with it, such as a price. */
export function isOver(record: CallRecord): boolean {
  return isFinalStatus(record.status) && record.wakeAt === undefined;
}

/** The document of a record. Only a call that is over may ever expire, counted in days from its last change. */
export function toDocument(record: CallRecord, retentionDays: number | undefined): CallDocument {
  if (retentionDays === undefined || !isOver(record)) return record;
  const expireAt = new Date(record.updatedAt.getTime() + retentionDays * MS_PER_DAY);
  return { ...record, expireAt };
}
