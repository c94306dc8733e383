import { MongoClient } from "mongodb";

import { openCollections } from "./collections.ts";
import { databaseNameIn } from "./connect-store.ts";
import { INDEXES } from "./indexes.ts";
import { migrationStates, type MigrationState } from "./migrations/migration-states.ts";

/** Facts about a database, read without changing it. */
export interface DatabaseReport {
  /** Such as `8.0.4`. */
  version: string;
  /** How far its clock is ahead of this machine's, in milliseconds. */
  clockAheadMs: number;
  /** Missing indexes of this release, such as `callLogs.due`. */
  missingIndexes: string[];
  /** Indexes unknown to this release. */
  extraIndexes: string[];
  migrations: MigrationState[];
}

/** Inspect a database without changing it. Rejects when it is unreachable. */
export async function inspectDatabase(uri: string, patienceMs = 3000): Promise<DatabaseReport> {
  await using client = new MongoClient(uri, {
    appName: "call-log doctor",
    serverSelectionTimeoutMS: patienceMs,
    connectTimeoutMS: patienceMs,
  });
  const database = client.db(databaseNameIn(uri));
  const askedAt = Date.now();
  const hello = await database.command({ hello: 1 });
  const middle = (askedAt + Date.now()) / 2;
  const { version } = await database.command({ buildInfo: 1 });
  const present = new Set((await database.listCollections().toArray()).map(({ name }) => name));
  const missingIndexes: string[] = [];
  const extraIndexes: string[] = [];
  for (const [collection, wanted] of Object.entries(INDEXES)) {
    const found = present.has(collection) ? await database.collection(collection).indexes() : [];
    const there = new Set(found.flatMap(({ name }) => (name === "_id_" ? [] : (name ?? []))));
    const names = new Set<string>(wanted.map(({ name }) => name));
    for (const name of names) if (!there.has(name)) missingIndexes.push(`${collection}.${name}`);
    for (const name of there) if (!names.has(name)) extraIndexes.push(`${collection}.${name}`);
  }
  const localTime: unknown = hello["localTime"];
  return {
    version: String(version),
    clockAheadMs: localTime instanceof Date ? localTime.getTime() - middle : 0,
    missingIndexes,
    extraIndexes,
    migrations: await migrationStates(openCollections(database)),
  };
}
