import { MongoClient } from "mongodb";

import { markDatabase } from "./restore-mark.ts";

/** Documents by collection. */
export type DocumentCounts = Record<string, number>;

/**
 * Mark the copy of a database as a backup that was begun at this time, so that whatever is started on it treats it as restored; how many
 * documents its collections have.
 */
export async function sealBackup(
  uri: string,
  { databaseName, backupAt }: { databaseName: string; backupAt: Date },
): Promise<DocumentCounts> {
  await using client = new MongoClient(uri, { writeConcern: { w: "majority", journal: true } });
  const database = client.db(databaseName);
  await markDatabase(database, backupAt);
  const names = (await database.listCollections().toArray()).map(({ name }) => name).toSorted();
  const counts: DocumentCounts = {};
  for (const name of names) counts[name] = await database.collection(name).countDocuments();
  return counts;
}
