import type { Collection, Db } from "mongodb";

import type { ApiKeyDocument, SessionDocument, SignInDocument } from "./access/access-documents.ts";
import type {
  AlertDeliveryDocument,
  AlertSourceDocument,
} from "./alert-sources/alert-source-documents.ts";
import type { AuditDocument, BegunActDocument } from "./audit/audit-document.ts";
import type { BacklogDocument } from "./calls/backlog-document.ts";
import type { CallDocument } from "./calls/call-document.ts";
import type { DeadLetterDocument } from "./dead-letters/dead-letter-document.ts";
import type { ReservationDocument, BudgetDocument } from "./guards/budgets/budget-documents.ts";
import type {
  ProviderStateDocument,
  NumberRefusalDocument,
  PurposeLockDocument,
  CalleeTurnsDocument,
} from "./guards/guard-documents.ts";
import type { SettingDocument, ProcessDocument } from "./installation/installation-documents.ts";
import type { MigrationDocument } from "./migrations/migration-document.ts";
import type { ProblemDocument, ProblemEventDocument } from "./problems/problem-documents.ts";
import type { RollupPageDocument } from "./rollups/rollup-documents.ts";
import type {
  ProjectDocument,
  CallerIdDocument,
  DoNotCallDocument,
  SavedViewDocument,
} from "./tenants/tenant-documents.ts";
import type {
  WebhookDeliveryDocument,
  WebhookEndpointDocument,
} from "./webhooks/webhook-documents.ts";

/** Document type of each collection, under its name in the database. */
export interface DocumentTypes {
  callLogs: CallDocument;
  projects: ProjectDocument;
  apiKeys: ApiKeyDocument;
  sessions: SessionDocument;
  signIns: SignInDocument;
  settings: SettingDocument;
  providers: ProviderStateDocument;
  processes: ProcessDocument;
  callerIds: CallerIdDocument;
  numberRefusals: NumberRefusalDocument;
  doNotCall: DoNotCallDocument;
  fences: PurposeLockDocument;
  backlog: BacklogDocument;
  budgets: BudgetDocument;
  reservations: ReservationDocument;
  calleeTurns: CalleeTurnsDocument;
  periodSums: RollupPageDocument;
  auditLog: AuditDocument;
  begunActs: BegunActDocument;
  deadLetters: DeadLetterDocument;
  migrations: MigrationDocument;
  problems: ProblemDocument;
  problemEvents: ProblemEventDocument;
  webhookEndpoints: WebhookEndpointDocument;
  webhookDeliveries: WebhookDeliveryDocument;
  alertSources: AlertSourceDocument;
  alertDeliveries: AlertDeliveryDocument;
  savedViews: SavedViewDocument;
}

/** Name of a collection. */
export type CollectionName = keyof DocumentTypes;

/** The collections of one database. */
export type Collections = { [N in CollectionName]: Collection<DocumentTypes[N]> };

/** The collections of a database, typed. */
export function openCollections(database: Db): Collections {
  const open = <N extends CollectionName>(name: N) => database.collection<DocumentTypes[N]>(name);
  return {
    callLogs: open("callLogs"),
    projects: open("projects"),
    apiKeys: open("apiKeys"),
    sessions: open("sessions"),
    signIns: open("signIns"),
    settings: open("settings"),
    providers: open("providers"),
    processes: open("processes"),
    callerIds: open("callerIds"),
    numberRefusals: open("numberRefusals"),
    doNotCall: open("doNotCall"),
    fences: open("fences"),
    backlog: open("backlog"),
    budgets: open("budgets"),
    reservations: open("reservations"),
    calleeTurns: open("calleeTurns"),
    periodSums: open("periodSums"),
    auditLog: open("auditLog"),
    begunActs: open("begunActs"),
    deadLetters: open("deadLetters"),
    migrations: open("migrations"),
    problems: open("problems"),
    problemEvents: open("problemEvents"),
    webhookEndpoints: open("webhookEndpoints"),
    webhookDeliveries: open("webhookDeliveries"),
    alertSources: open("alertSources"),
    alertDeliveries: open("alertDeliveries"),
    savedViews: open("savedViews"),
  };
}
