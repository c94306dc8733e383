import type { Collection, Document } from "mongodb";

import { isPassing } from "../database-error.ts";

/**
 * What a `find` or `aggregate` command finds. Sent without the driver's cursor, which costs half as much processor time again for a page of ten
 * (docs/decisions/0012-reads-without-a-cursor.md). `byCursor` finds the same where one batch does not hold all of it, and, with the driver's retry,
 * when a connection broke or the primary is changing.
 */
export async function inOneBatch<Found>(
  { db }: Pick<Collection, "db">,
  command: Document,
  byCursor: () => Promise<Found[]>,
): Promise<Found[]> {
  const batch = await firstBatch<Found>(db, command);
  return batch?.id === 0 ? batch.firstBatch : byCursor();
}

interface Batch<Found> {
  /** 0 when there is nothing after it. */
  id: unknown;
  firstBatch: Found[];
}

async function firstBatch<Found>(
  db: Collection["db"],
  command: Document,
): Promise<Batch<Found> | undefined> {
  try {
    return (await db.command(command))["cursor"] as Batch<Found>;
  } catch (error) {
    if (isPassing(error)) return undefined;
    throw error;
  }
}
