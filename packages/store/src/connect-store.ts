import { MongoClient, type Db, type MongoClientOptions } from "mongodb";

import { createApiKeyStore, type ApiKeyStore } from "./access/api-key-store.ts";
import { createKeyUses, type KeyUses } from "./access/key-uses.ts";
import { createSessionStore, type SessionStore } from "./access/session-store.ts";
import { createSignInStore, type SignInStore } from "./access/sign-in-store.ts";
import { type AuditReader, createAuditReader } from "./audit/audit-reader.ts";
import { type AuditTrail, createAuditTrail } from "./audit/audit-trail.ts";
import { type BacklogStore, createBacklogStore } from "./calls/backlog-store.ts";
import { createCallStore } from "./calls/call-store.ts";
import { createLookAgainStore, type LookAgainStore } from "./calls/look-again-store.ts";
import { openCollections, type Collections } from "./collections.ts";
import { createDeadLetterStore, type DeadLetterStore } from "./dead-letters/dead-letter-store.ts";
import { createBudgetStore, type BudgetStore } from "./guards/budgets/budget-store.ts";
import { type CalleeTurnStore, createCalleeTurnStore } from "./guards/callee-turn-store.ts";
import {
  createNumberRefusalStore,
  type NumberRefusalStore,
} from "./guards/number-refusal-store.ts";
import {
  createProviderStateStore,
  type ProviderStateStore,
} from "./guards/provider-state-store.ts";
import { createFenceStore, type FenceStore } from "./guards/purpose-lock-store.ts";
import { ensureIndexes } from "./indexes.ts";
import { checkWrite } from "./installation/check-write.ts";
import { createInstanceSettings, type InstanceSettings } from "./installation/instance-settings.ts";
import { createProcessStore, type ProcessStore } from "./installation/process-store.ts";
import { type MigrationState, migrationStates } from "./migrations/migration-states.ts";
import { runMigrations } from "./migrations/run-migrations.ts";
import { createSumKeeper, type SumKeeper } from "./rollups/rollup-store.ts";
import type { CallStore } from "./store.ts";
import { adoptNumbers } from "./tenants/caller-id-claim.ts";
import { createCallerIdStore, type CallerIdStore } from "./tenants/caller-id-store.ts";
import { createDoNotCallStore, type DoNotCallStore } from "./tenants/do-not-call-store.ts";
import { createProjectStore, type ProjectStore } from "./tenants/project-store.ts";

const DEFAULT_DATABASE = "call-log";

/** Days that lines of the audit trail are kept, unless a setting says otherwise: a year, and time to look back at it. */
export const AUDIT_RETENTION_DAYS = 400;

/** Days that refused requests of the queue are kept, unless a setting says otherwise. */
export const DEAD_LETTER_RETENTION_DAYS = 30;

/** Where the data is, and how long an answer is waited for. */
export interface StoreOptions {
  /** A `mongodb://` or `mongodb+srv://` address of a server, replica set or sharded cluster. */
  uri: string;
  /** @defaultValue the database in the address, else `call-log` */
  databaseName?: string;
  /** @defaultValue the system clock */
  now?: () => Date;
  /** Milliseconds since any moment, never going back. @defaultValue `performance.now` */
  elapsedMs?: () => number;
  /** How long an operation looks for a server that can take it. @defaultValue 3000 */
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
}

/** The one way to the data. */
export interface Store {
  calls: CallStore;
  projects: ProjectStore;
  keys: ApiKeyStore;
  keyUses: Pick<KeyUses, "note">;
  sessions: SessionStore;
  signIns: SignInStore;
  instance: InstanceSettings;
  providerStates: ProviderStateStore;
  processes: ProcessStore;
  callerIds: CallerIdStore;
  numberRefusals: NumberRefusalStore;
  doNotCall: DoNotCallStore;
  fences: FenceStore;
  backlog: BacklogStore;
  budgets: BudgetStore;
  lookAgain: LookAgainStore;
  calleeTurns: CalleeTurnStore;
  sums: SumKeeper;
  audit: AuditTrail & AuditReader;
  deadLetters: DeadLetterStore;
  collections: Collections;
  /** How far the migrations of the database are. */
  migrations(): Promise<MigrationState[]>;
  /** Resolves when the database answers; rejects when it is away. */
  ping(): Promise<void>;
  /** Resolves when the database has written a small document for good; rejects when it is away, or refuses to write. */
  checkWrite(): Promise<void>;
  close(): Promise<void>;
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
  const database = openDatabase(client, options);
  const collections = openCollections(database);
  const { auditRetentionDays: retentionDays = AUDIT_RETENTION_DAYS } = options;
  const { deadLetterRetentionDays = DEAD_LETTER_RETENTION_DAYS } = options;
  const times = { now, elapsedMs, retentionDays, deadLetterRetentionDays };
  const stores = openStores(collections, times);
  return {
    ...stores,
    collections,
    migrations: () => migrationStates(collections),
    ping: async () => void (await database.command({ ping: 1 })),
    checkWrite: () => checkWrite(collections.settings, now),
    close: async () => {
      await stores.keyUses.close();
      await client.close();
    },
  };
}

interface StoreTimes {
  now: () => Date;
  elapsedMs: () => number;
  retentionDays: number;
  deadLetterRetentionDays: number;
}

function openStores(collections: Collections, times: StoreTimes) {
  const { now, elapsedMs, retentionDays, deadLetterRetentionDays } = times;
  const sums = createSumKeeper({ collections, now });
  const { trail: audit, pen } = createAuditTrail({ collections, now, retentionDays });
  const { projects: projectDocuments, callerIds: callerIdDocuments } = collections;
  const callerIds = createCallerIdStore({
    callerIds: callerIdDocuments,
    projects: projectDocuments,
    pen,
    now,
    elapsedMs,
  });
  const projects = createProjectStore({
    projects: collections.projects,
    sums,
    pen,
    now,
    elapsedMs,
    callerIds,
  });
  const keyUses = createKeyUses({ apiKeys: collections.apiKeys, now, elapsedMs });
  return {
    calls: createCallStore({ callLogs: collections.callLogs, projects, sums, pen, now }),
    projects,
    keys: createApiKeyStore({ apiKeys: collections.apiKeys, pen, now, elapsedMs }),
    keyUses,
    sessions: createSessionStore({ sessions: collections.sessions, now, elapsedMs }),
    signIns: createSignInStore({ signIns: collections.signIns, now }),
    instance: createInstanceSettings(collections.settings),
    doNotCall: createDoNotCallStore({ doNotCall: collections.doNotCall, pen, now, elapsedMs }),
    sums,
    audit: { ...audit, ...createAuditReader(collections.auditLog) },
    deadLetters: createDeadLetterStore({
      deadLetters: collections.deadLetters,
      pen,
      now,
      retentionDays: deadLetterRetentionDays,
    }),
    budgets: createBudgetStore({ collections, now }),
    lookAgain: createLookAgainStore(collections),
    calleeTurns: createCalleeTurnStore({ calleeTurns: collections.calleeTurns }),
    fences: createFenceStore({ fences: collections.fences, now }),
    backlog: createBacklogStore(collections.backlog),
    providerStates: createProviderStateStore({
      providers: collections.providers,
      pen,
      now,
      elapsedMs,
    }),
    processes: createProcessStore({ processes: collections.processes, now }),
    callerIds,
    numberRefusals: createNumberRefusalStore({
      numberRefusals: collections.numberRefusals,
      now,
      elapsedMs,
    }),
  };
}

// With a client of its own, since building an index on many documents may outlast the socket timeout.
async function prepareDatabase(options: StoreOptions): Promise<void> {
  await using client = new MongoClient(options.uri, clientOptions(options));
  const database = openDatabase(client, options);
  await ensureIndexes(database);
  const { now = () => new Date() } = options;
  const collections = openCollections(database);
  // A lease is between processes, so it goes by the time of day and by no injected clock.
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
  return client.db(databaseName ?? databaseNameIn(uri) ?? DEFAULT_DATABASE);
}

function databaseNameIn(uri: string): string | undefined {
  const name = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}
