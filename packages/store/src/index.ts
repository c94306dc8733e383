export * from "./api-key-store.ts";
export type { AuditDocument } from "./audit/audit-document.ts";
export {
  type AuditPage,
  type AuditReader,
  type AuditScope,
  createAuditReader,
} from "./audit/audit-reader.ts";
export type { AuditTrail } from "./audit/audit-trail.ts";
export type { BackloggedAttempt, BacklogStore } from "./backlog-store.ts";
export type {
  BudgetStore,
  Charge,
  OpenReservation,
  Reservation,
  ReserveAnswer,
} from "./budget-store.ts";
export type { CalleeTurn, CalleeTurnStore } from "./callee-turn-store.ts";
export type { HeldSearch } from "./held-calls.ts";
export type { LookAgainMark, LookAgainStore } from "./look-again-store.ts";
export type { PastCost } from "./past-cost.ts";
export {
  type CallPage,
  type CallReader,
  type CallReaderOptions,
  createCallReader,
} from "./call-reader.ts";
export {
  type CallFeed,
  type CallFeedOptions,
  createCallFeed,
  type FeedBatch,
} from "./call-feed.ts";
export type { CallHistogram, HistogramBucket } from "./call-histogram.ts";
export type { CallHealth } from "./call-health.ts";
export type { CallStats, CallSums, StatsGroup } from "./call-stats.ts";
export * from "./collections.ts";
export * from "./connect-store.ts";
export * from "./database-error.ts";
export type { DeadLetterScope, KeptDeadLetter } from "./dead-letter-document.ts";
export type {
  DeadLetterHealth,
  DeadLetterPage,
  DeadLetterStore,
  NewDeadLetter,
  Settlement,
} from "./dead-letter-store.ts";
export { type ImportedCall, importedCallRecord } from "./imported-call-record.ts";
export type { ImportRefusal } from "./imported-row.ts";
export type { SumKeeper } from "./counts/sum-keeper.ts";
export type { DoNotCallStore } from "./do-not-call-store.ts";
export type { Fenced, FenceHolder, FenceStore } from "./fence-store.ts";
export {
  type Authenticated,
  callerId,
  type OperatorIdentity,
  type Person,
  type ProjectIdentity,
} from "./identity.ts";
export * from "./instance-settings.ts";
export type { MigrationState } from "./migrations/migration-states.ts";
export { NewerDatabaseError } from "./migrations/newer-database-error.ts";
export type { NewApiKey } from "./new-api-key.ts";
export * from "./number-refusal.ts";
export type { CallerIdStore } from "./caller-id-store.ts";
export type { NumberRefusalStore } from "./number-refusal-store.ts";
export * from "./project-store.ts";
export type { ProcessInfo, ProcessStore } from "./process-store.ts";
export type { ProviderStateStore } from "./provider-state-store.ts";
export { timeLimitError } from "./time-limit-error.ts";
export { unboundClaims } from "./rival-claims.ts";
export {
  isAlive,
  type NewSession,
  type Session,
  type SessionLife,
  type SessionStore,
} from "./session-store.ts";
export type { KeyRotation, RotatedKey } from "./rotate-key.ts";
export { type PendingSignIn, SIGN_IN_SECONDS, type SignInStore } from "./sign-in-store.ts";
export * from "./store.ts";
