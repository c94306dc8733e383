import { setTimeout as delay } from "node:timers/promises";

import type { Collection } from "mongodb";

import type { Collections } from "../collections.ts";
import { isDuplicateKey } from "../database-error.ts";
import type { MigrationDocument } from "./migration-document.ts";
import type { Migration } from "./migration.ts";
import { MIGRATIONS } from "./migrations.ts";
import { NewerDatabaseError } from "./newer-database-error.ts";

/**
 * Lease of a process on a migration, in milliseconds; renewed while it runs. An expired lease means that the process
 * died.
 */
const LEASE_MS = 60_000;
const RENEW_EVERY_MS = LEASE_MS / 4;
/** Milliseconds between two checks whether another process has finished. */
const LOOK_EVERY_MS = 200;

/** What it takes to run migrations. */
export interface MigrationPlace {
  collections: Collections;
  now: () => Date;
  /** @defaultValue those of this release */
  migrations?: readonly Migration[];
}

/**
 * Run what has not been run, in order. Of many processes that start at a time one runs each migration, and the others wait for it. Rejects
 * when a migration fails, and with a `NewerDatabaseError` when a newer release has closed the database to this one.
 */
export async function runMigrations(place: MigrationPlace): Promise<void> {
  const { collections, migrations = MIGRATIONS } = place;
  const documents = collections.migrations;
  const newest = migrations.at(-1)?.number ?? 0;
  const closed = await documents.findOne({ _id: { $gt: newest }, endsOlderReleases: true });
  if (closed !== null) throw new NewerDatabaseError(closed.title);
  const done = await documents.find({ finishedAt: { $exists: true } }).toArray();
  const numbers = new Set(done.map(({ _id }) => _id));
  for (const migration of migrations)
    if (migration.run !== undefined && !numbers.has(migration.number))
      await runOnce(place, migration);
}

async function runOnce(place: MigrationPlace, migration: Migration): Promise<void> {
  const { collections, now } = place;
  const documents = collections.migrations;
  while (!(await isFinished(documents, migration))) {
    if (await takeLease(documents, migration, now())) return runLeased(place, migration);
    await delay(LOOK_EVERY_MS);
  }
}

async function isFinished(
  documents: Collection<MigrationDocument>,
  { number: _id }: Migration,
): Promise<boolean> {
  return (await documents.findOne({ _id, finishedAt: { $exists: true } })) !== null;
}

async function takeLease(
  documents: Collection<MigrationDocument>,
  { number: _id, title, endsOlderReleases }: Migration,
  now: Date,
): Promise<boolean> {
  const leaseUntil = new Date(now.getTime() + LEASE_MS);
  const marks = { title, ...(endsOlderReleases && { endsOlderReleases }) };
  try {
    await documents.insertOne({ _id, ...marks, leaseUntil });
    return true;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const { modifiedCount } = await documents.updateOne(
    { _id, finishedAt: { $exists: false }, leaseUntil: { $lte: now } },
    { $set: { leaseUntil } },
  );
  return modifiedCount > 0;
}

async function runLeased({ collections, now }: MigrationPlace, migration: Migration) {
  const documents = collections.migrations;
  const own = { _id: migration.number, finishedAt: { $exists: false } };
  const timer = setInterval(() => {
    const leaseUntil = new Date(now().getTime() + LEASE_MS);
    // A renewal that fails leaves the lease to run out, and the migration may be run again.
    void documents.updateOne(own, { $set: { leaseUntil } }).catch(() => undefined);
  }, RENEW_EVERY_MS);
  try {
    await migration.run?.(collections);
    await documents.updateOne(own, { $set: { finishedAt: now() } });
  } catch (error) {
    // Another start runs it again, and need not wait for the lease.
    await documents.deleteOne(own).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
