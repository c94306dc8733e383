import { MongoClient, type Db, type MongoClientOptions } from "mongodb";

import { noteCollections } from "./collections-for-tests.ts";
import { openCollections } from "./collections.ts";
import { ensureIndexes } from "./indexes.ts";
import { checkWrite } from "./installation/check-write.ts";
import { finishRestore, markBackup, readRestoredBackup } from "./installation/restore-mark.ts";
import { migrationStates } from "./migrations/migration-states.ts";
import { runMigrations } from "./migrations/run-migrations.ts";
import { openStores } from "./open-stores.ts";
import { createCallFeed } from "./reads/call-feed.ts";
import { createCallReader } from "./reads/call-reader.ts";
import { readInstallationLoad } from "./reads/installation-load.ts";
import type { Store } from "./store.ts";
import { adoptNumbers } from "./tenants/caller-id-claim.ts";
import { type OnCommand, watchCommands } from "./watch-commands.ts";
import { type OnReach, watchReach } from "./watch-reach.ts";

const DEFAULT_DATABASE = "call-log";

/**
 * Days that lines of the audit trail are kept, unless a setting says otherwise: a year, and time to look back at it.
 */
export const AUDIT_RETENTION_DAYS = 400;

/** Days that refused requests of the queue are kept, unless a setting says otherwise. */
export const DEAD_LETTER_RETENTION_DAYS = 30;

/** The database's address, and time limits. */
export interface StoreOptions {
  /** A `mongodb://` or `mongodb+srv://` address of a server, replica set or sharded cluster. */
  uri: string;
  /** @defaultValue the database in the address, else `call-log` */
  databaseName?: string;
  /** @defaultValue the system clock */
  now?: () => Date;
  /** Milliseconds since any moment, never going back. @defaultValue `performance.now` */
  elapsedMs?: () => number;
  /** How long an operation waits for a suitable server, in milliseconds. @defaultValue 3000 */
  serverSelectionTimeoutMs?: number;
  /**
   * How long an operation waits for a silent server; keep it below the dispatcher's claim deadline, so that no claim is answered
   * after the sweeper has given it up. @defaultValue 10000
   */
  socketTimeoutMs?: number;
  /** Days that lines of the audit trail are kept. @defaultValue 400 */
  auditRetentionDays?: number;
  /** Days that refused requests of the queue are kept. @defaultValue 30 */
  deadLetterRetentionDays?: number;
  /** @defaultValue nothing is reported but to the callers */
  onReach?: OnReach;
  /** @defaultValue commands are not watched */
  onCommand?: OnCommand;
}

/** Connect to a database and create the indexes that it lacks. Rejects when it is away: see `isDatabaseAway`. */
export async function connectStore(options: StoreOptions): Promise<Store> {
  const { uri, now = () => new Date(), socketTimeoutMs = 10_000 } = options;
  const { elapsedMs = () => performance.now() } = options;
  await prepareDatabase(options);
  const client = new MongoClient(uri, {
    ...clientOptions(options),
    socketTimeoutMS: socketTimeoutMs,
    waitQueueTimeoutMS: socketTimeoutMs,
  });
  if (options.onReach !== undefined) watchReach(client, options.onReach);
  const opened = openDatabase(client, options);
  const { onCommand } = options;
  const database = onCommand === undefined ? opened : watchCommands(opened, onCommand);
  const collections = openCollections(database);
  const { auditRetentionDays = AUDIT_RETENTION_DAYS } = options;
  const { deadLetterRetentionDays = DEAD_LETTER_RETENTION_DAYS } = options;
  const times = { now, elapsedMs, auditRetentionDays, deadLetterRetentionDays };
  const stores = openStores(collections, times);
  const restoring = { collections, audit: stores.audit, now };
  await finishRestore(restoring);
  const store: Store = {
    ...stores,
    async declareRestored(backupAt) {
      await markBackup(collections.settings, backupAt);
      return finishRestore(restoring);
    },
    restoredBackup: () => readRestoredBackup(collections.settings),
    createReader: (settings) => createCallReader(collections, settings),
    createFeed: (settings) => createCallFeed(collections.callLogs, settings),
    load: () => readInstallationLoad(collections, now()),
    migrations: () => migrationStates(collections),
    ping: async () => void (await database.command({ ping: 1 })),
    checkWrite: () => checkWrite(collections.settings, now),
    close: async () => {
      await stores.keyUses.close();
      await client.close();
    },
  };
  noteCollections(store, collections);
  return store;
}

// With a client of its own, since building an index on many documents may outlast the socket timeout.
async function prepareDatabase(options: StoreOptions): Promise<void> {
  await using client = new MongoClient(options.uri, clientOptions(options));
  const database = openDatabase(client, options);
  await ensureIndexes(database);
  const { now = () => new Date() } = options;
  const collections = openCollections(database);
  // Processes share a lease, so it uses the time of day and not an injected clock.
  await runMigrations({ collections, now: () => new Date() });
  await adoptNumbers({ ...collections, now });
}

function clientOptions({ serverSelectionTimeoutMs = 3000 }: StoreOptions): MongoClientOptions {
  return {
    appName: "call-log",
    serverSelectionTimeoutMS: serverSelectionTimeoutMs,
    connectTimeoutMS: serverSelectionTimeoutMs,
    readPreference: "primary",
    writeConcern: { w: "majority", journal: true },
    ignoreUndefined: true,
  };
}

function openDatabase(client: MongoClient, { uri, databaseName }: StoreOptions): Db {
  return client.db(databaseName ?? databaseNameIn(uri));
}

/** The database that an address names, or the one that is used where it names none. */
export function databaseNameIn(uri: string): string {
  const name = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  return name === undefined ? DEFAULT_DATABASE : decodeURIComponent(name);
}
