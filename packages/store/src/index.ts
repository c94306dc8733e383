export type { DatabaseCommand, OnCommand } from "./watch-commands.ts";
export type { OnReach } from "./watch-reach.ts";
export { shortCache } from "./batching/short-cache.ts";
export * from "./access/api-key-store.ts";
export type {
  AlertSourceInfo,
  AlertSourceRef,
  AlertSourceStore,
} from "./alert-sources/alert-source-store.ts";
export type { AuditDocument } from "./audit/audit-document.ts";
export {
  type AuditPage,
  type AuditReader,
  type AuditScope,
  createAuditReader,
} from "./audit/audit-reader.ts";
export type { AuditTrail } from "./audit/audit-trail.ts";
export type {
  BackloggedAttempt,
  BacklogRange,
  BacklogStore,
  CallClass,
} from "./calls/backlog-store.ts";
export type {
  BudgetStore,
  Charge,
  OpenReservation,
  Reservation,
  ReserveAnswer,
} from "./guards/budgets/budget-store.ts";
export type { CalleeTurn, CalleeTurnStore } from "./guards/callee-turn-store.ts";
export type { HeldSearch } from "./calls/held-calls.ts";
export type { OutboxStore } from "./calls/outbox-store.ts";
export type { RecheckMark, RecheckStore } from "./calls/recheck-store.ts";
export type { PastCost } from "./reads/past-cost.ts";
export type { CallReader, CallReaderOptions } from "./reads/call-reader.ts";
export type { CallPage } from "./reads/list-calls.ts";
export type { MatchCount } from "./queries/search-in-windows.ts";
export type { CallFeed, CallFeedOptions, FeedBatch } from "./reads/call-feed.ts";
export type { CallHealth } from "./reads/call-health.ts";
export type { InstallationLoad, ProjectBudget } from "./reads/installation-load.ts";
export { type FoundCalls } from "./reads/found-calls.ts";
export type { CallSearch } from "./reads/search-calls.ts";
export type { SessionHolder } from "./access/access-documents.ts";
export type { ProviderPause } from "./guards/guard-documents.ts";
export * from "./connect-store.ts";
export * from "./database-error.ts";
export { type DatabaseReport, inspectDatabase } from "./inspect-database.ts";
export type { DeadLetterScope, KeptDeadLetter } from "./dead-letters/dead-letter-document.ts";
export type {
  DeadLetterHealth,
  DeadLetterPage,
  DeadLetterStore,
  NewDeadLetter,
  Settlement,
} from "./dead-letters/dead-letter-store.ts";
export { type ImportedCall, importedCallRecord } from "./calls/imported-call-record.ts";
export type { ImportRefusal } from "./calls/imported-row.ts";
export type { ProblemChannel } from "./problems/problem-documents.ts";
export type { DueEvent, KeptState, ProblemEvent, ProblemStore } from "./problems/problem-store.ts";
export { HEALTH_CALL_TAG, type ProjectFactsReader } from "./problems/project-facts.ts";
export type { BackgroundMigrations } from "./migrations/background-migrations.ts";
export type { RollupStore } from "./rollups/index.ts";
export type { DoNotCallStore } from "./tenants/do-not-call-store.ts";
export type { SavedViewStore } from "./tenants/saved-view-store.ts";
export type {
  PurposeKey,
  PurposeLockHolder,
  PurposeLockStore,
} from "./guards/purpose-lock-store.ts";
export {
  type Authenticated,
  callerId,
  type OperatorIdentity,
  type Person,
  type ProjectIdentity,
} from "./access/identity.ts";
export * from "./installation/instance-settings.ts";
export type { RestoredBackup } from "./installation/restore-mark.ts";
export { type DocumentCounts, sealBackup } from "./installation/seal-backup.ts";
export type { MigrationState } from "./migrations/migration-states.ts";
export { NewerDatabaseError } from "./migrations/newer-database-error.ts";
export type { NewApiKey } from "./access/new-api-key.ts";
export * from "./guards/number-refusal.ts";
export type { CallerIdStore } from "./tenants/caller-id-store.ts";
export type { NumberRefusalStore } from "./guards/number-refusal-store.ts";
export * from "./tenants/project-store.ts";
export type { ProcessInfo, ProcessStore } from "./installation/process-store.ts";
export type { ProviderStateStore } from "./guards/provider-state-store.ts";
export { expiryOf } from "./calls/retention.ts";
export { unmatchedClaimTimes } from "./calls/unmatched-attempts.ts";
export {
  isAlive,
  type NewSession,
  type Session,
  type SessionLife,
  type SessionStore,
} from "./access/session-store.ts";
export type { KeyRotation, RotatedKey } from "./access/rotate-key.ts";
export { type PendingSignIn, SIGN_IN_SECONDS, type SignInStore } from "./access/sign-in-store.ts";
export { type AttemptClaim, newClaimId } from "./calls/attempt-claim.ts";
export type { CallStore } from "./calls/call-store.ts";
export type { CallReach } from "./calls/running-calls.ts";
export type { Store } from "./store.ts";
export type { DeliveryTarget } from "./webhooks/webhook-endpoint-health.ts";
export type { ClaimedDelivery } from "./webhooks/delivery-claims.ts";
export type {
  DeliveryHealth,
  NewDelivery,
  WebhookDeliveryStore,
} from "./webhooks/webhook-delivery-store.ts";
export type { DeliveryCounts } from "./webhooks/delivery-counts.ts";
export type { DeliveryPage } from "./webhooks/delivery-reads.ts";
export type { Listener, WebhookEndpointStore } from "./webhooks/webhook-endpoint-store.ts";
export type { WebhookScope } from "./webhooks/webhook-documents.ts";
export { newWebhookSecret, notifyEndpointId } from "./webhooks/webhook-secrets.ts";
