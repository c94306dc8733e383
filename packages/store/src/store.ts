import type { ApiKeyStore } from "./access/api-key-store.ts";
import type { KeyUses } from "./access/key-uses.ts";
import type { SessionStore } from "./access/session-store.ts";
import type { SignInStore } from "./access/sign-in-store.ts";
import type { AlertSourceStore } from "./alert-sources/alert-source-store.ts";
import type { AuditReader } from "./audit/audit-reader.ts";
import type { AuditTrail } from "./audit/audit-trail.ts";
import type { BacklogStore } from "./calls/backlog-store.ts";
import type { CallStore } from "./calls/call-store.ts";
import type { OutboxStore } from "./calls/outbox-store.ts";
import type { RecheckStore } from "./calls/recheck-store.ts";
import type { DeadLetterStore } from "./dead-letters/dead-letter-store.ts";
import type { BudgetStore } from "./guards/budgets/budget-store.ts";
import type { CalleeTurnStore } from "./guards/callee-turn-store.ts";
import type { NumberRefusalStore } from "./guards/number-refusal-store.ts";
import type { ProviderStateStore } from "./guards/provider-state-store.ts";
import type { PurposeLockStore } from "./guards/purpose-lock-store.ts";
import type { InstanceSettings } from "./installation/instance-settings.ts";
import type { ProcessStore } from "./installation/process-store.ts";
import type { RestoredBackup } from "./installation/restore-mark.ts";
import type { BackgroundMigrations } from "./migrations/background-migrations.ts";
import type { MigrationState } from "./migrations/migration-states.ts";
import type { ProblemStore } from "./problems/problem-store.ts";
import type { ProjectFactsReader } from "./problems/project-facts.ts";
import type { CallFeed, CallFeedOptions } from "./reads/call-feed.ts";
import type { CallReader, CallReaderOptions } from "./reads/call-reader.ts";
import type { InstallationLoad } from "./reads/installation-load.ts";
import type { RollupStore } from "./rollups/index.ts";
import type { CallerIdStore } from "./tenants/caller-id-store.ts";
import type { DoNotCallStore } from "./tenants/do-not-call-store.ts";
import type { ProjectStore } from "./tenants/project-store.ts";
import type { SavedViewStore } from "./tenants/saved-view-store.ts";
import type { WebhookDeliveryStore } from "./webhooks/webhook-delivery-store.ts";
import type { WebhookEndpointStore } from "./webhooks/webhook-endpoint-store.ts";

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
  purposeLocks: PurposeLockStore;
  backlog: BacklogStore;
  budgets: BudgetStore;
  rechecks: RecheckStore;
  calleeTurns: CalleeTurnStore;
  rollups: RollupStore;
  audit: AuditTrail & AuditReader;
  deadLetters: DeadLetterStore;
  problems: ProblemStore;
  projectFacts: ProjectFactsReader;
  outbox: OutboxStore;
  webhookEndpoints: WebhookEndpointStore;
  webhookDeliveries: WebhookDeliveryStore;
  alertSources: AlertSourceStore;
  savedViews: SavedViewStore;
  backgroundMigrations: BackgroundMigrations;
  /** Reads of the API; a reader remembers which rollups answer its counts. */
  createReader(options?: CallReaderOptions): CallReader;
  /** Changes of calls, as they are made by any process. */
  createFeed(options: CallFeedOptions): CallFeed;
  /** What is open over all projects, for metrics. Rejects when it takes longer than five seconds. */
  load(): Promise<InstallationLoad>;
  /**
   * Treat the database as restored from a backup that was begun at this time; how many of its calls were open. No
   * process may run.
   */
  declareRestored(backupAt: Date): Promise<RestoredBackup | undefined>;
  /** What the database was restored from last, or undefined. */
  restoredBackup(): Promise<RestoredBackup | undefined>;
  /** How far the migrations of the database are. */
  migrations(): Promise<MigrationState[]>;
  /** Resolves when the database answers; rejects when it is away. */
  ping(): Promise<void>;
  /** Resolves when the database has written a small document for good; rejects when it is away, or refuses to write. */
  checkWrite(): Promise<void>;
  close(): Promise<void>;
}
