import { OPEN_STATUSES, SYSTEM_ACTING } from "@call-log/model";
import type { Collection, Db } from "mongodb";

import type { AuditTrail } from "../audit/audit-trail.ts";
import type { Collections } from "../collections.ts";
import type { SettingDocument } from "./installation-documents.ts";

const MARK_ID = "restoredBackup";

/** What is known about the backup from which a database was restored. */
export interface RestoredBackup {
  /** When the backup was begun. */
  backupAt: Date;
  /** When the restored database was first used; absent until then. */
  restoredAt?: Date;
  /** Calls that were open, which are looked for at the providers before they are dialled. */
  openCalls?: number;
}

/** Mark a database as a backup that was begun at this time; the first process that uses it treats it as restored. */
export async function markBackup(
  settings: Collection<SettingDocument>,
  backupAt: Date,
): Promise<void> {
  const document = { _id: MARK_ID, value: backupAt.toISOString() };
  await settings.replaceOne({ _id: MARK_ID }, document, { upsert: true });
}

/** The same for a database that no process of this release has opened; nothing else in it is changed. */
export async function markDatabase(database: Db, backupAt: Date): Promise<void> {
  await markBackup(database.collection<SettingDocument>("settings"), backupAt);
}

/** What a database was restored from last, or undefined. */
export async function readRestoredBackup(
  settings: Collection<SettingDocument>,
): Promise<RestoredBackup | undefined> {
  const mark = await settings.findOne({ _id: MARK_ID });
  if (mark === null) return undefined;
  const { value, changedAt: restoredAt, openCalls } = mark;
  return {
    backupAt: new Date(value),
    ...(restoredAt && { restoredAt }),
    ...(openCalls !== undefined && { openCalls }),
  };
}

/**
 * Prepare a restored database before anything is dialled: every open call gets the time span in which it may have been dialled. Safe with concurrent processes and after a crash; each process waits until it is done.
 */
export async function finishRestore({
  collections,
  audit,
  now,
}: {
  collections: Pick<Collections, "settings" | "callLogs">;
  audit: Pick<AuditTrail, "write">;
  now: () => Date;
}): Promise<RestoredBackup | undefined> {
  const { settings, callLogs } = collections;
  const mark = await readRestoredBackup(settings);
  if (mark === undefined || mark.openCalls !== undefined) return undefined;
  const { backupAt } = mark;
  const restoredAt = mark.restoredAt ?? (await beginOnce(settings, now()));
  const open = { status: { $in: OPEN_STATUSES } };
  // The backup is of a restored database that was not prepared yet: its gap began earlier.
  await callLogs.updateMany(
    { ...open, restored: { $exists: true }, "restored.restoredAt": { $ne: restoredAt } },
    { $set: { "restored.restoredAt": restoredAt }, $inc: { revision: 1 } },
  );
  await callLogs.updateMany(
    { ...open, restored: { $exists: false } },
    { $set: { restored: { backupAt, restoredAt } }, $inc: { revision: 1 } },
  );
  const openCalls = await callLogs.countDocuments({ ...open, restored: { $exists: true } });
  const facts = { backupAt: backupAt.toISOString(), openCalls };
  const once = `restore ${restoredAt.toISOString()}`;
  await audit.write({ act: "installation.restore", acting: SYSTEM_ACTING, facts }, { once });
  await settings.updateOne({ _id: MARK_ID, changedAt: restoredAt }, { $set: { openCalls } });
  return { backupAt, restoredAt, openCalls };
}

// Of several processes that start together, the first one's time counts.
async function beginOnce(settings: Collection<SettingDocument>, now: Date): Promise<Date> {
  await settings.updateOne(
    { _id: MARK_ID, changedAt: { $exists: false } },
    { $set: { changedAt: now } },
  );
  const mark = await settings.findOne({ _id: MARK_ID });
  return mark?.changedAt ?? now;
}
