import type { CallRecord, Permission, Project, WaitReason } from "@call-log/model";
import type { Collection, Db } from "mongodb";

import type { AuditDocument, BegunActDocument, CountedDocument } from "./audit/audit-document.ts";
import type { Removable } from "./audit/removed.ts";
import type { DeadLetterDocument } from "./dead-letters/dead-letter-document.ts";
import type { NumberRefusal } from "./guards/number-refusal.ts";
import type { MigrationDocument } from "./migrations/migration-document.ts";

/** A call log as its document holds it. */
export interface CallDocument extends CallRecord {
  /** When the TTL index removes it; only on a call that is over, in a project with a retention. Never read back. */
  expireAt?: Date;
}

/** An API key as its document holds it; the key itself is nowhere. */
export interface ApiKeyDocument extends CountedDocument {
  /** SHA-256 of the key in hexadecimal. */
  _id: string;
  /** Public name of the key, to list and revoke it by. */
  keyId: string;
  /** The project that it belongs to; absent on an operator's key, which belongs to the installation. */
  projectId?: string;
  permissions: Permission[];
  name?: string;
  createdAt: Date;
  expiresAt?: Date;
  revokedAt?: Date;
  /** IP addresses and CIDR ranges that it may be used from; absent for any. */
  allowedAddresses?: string[];
  /** Within a minute, and from where. */
  lastUsedAt?: Date;
  lastUsedFrom?: string;
  /** Ids of the keys that a rotation has put in its place, and that it was put in place of. */
  rotatedTo?: string;
  rotatedFrom?: string;
}

/** Whose session it is: of whoever has a key, or of a person that the identity provider has named. */
export type SessionHolder =
  | { kind: "key"; keyId: string }
  | {
      kind: "person";
      /** Address of the identity provider. */
      issuer: string;
      /** The person's id there. */
      subject: string;
      name?: string;
      email?: string;
      /** Those of the person's groups that the settings give permissions to. */
      groups: string[];
    };

/** A session of the dashboard; the value of its cookie is nowhere. */
export interface SessionDocument {
  /** SHA-256 of the cookie's value in hexadecimal. */
  _id: string;
  holder: SessionHolder;
  /** Names the holder, to find all of its sessions. */
  holderId: string;
  /** The project that a person has chosen; absent for the installation, and for the session of a key. */
  projectId?: string;
  createdAt: Date;
  /** Within a minute. */
  lastSeenAt: Date;
  /** When the TTL index removes it, at the latest. */
  endsAt: Date;
  /** From where it began, for the list of sessions. */
  address?: string;
  userAgent?: string;
}

/** A sign-in that has begun at an identity provider and is not complete. */
export interface SignInDocument {
  /** SHA-256 of its state in hexadecimal. */
  _id: string;
  /** SHA-256 of what names the browser that it began in. */
  browser: string;
  nonce: string;
  codeVerifier: string;
  returnTo: string;
  /** When the TTL index removes it, at the latest. */
  endsAt: Date;
}

/** One value that all processes on a database agree on. */
export interface SettingDocument {
  _id: string;
  value: string;
  /** Of the mark of the master secret: the one before, and when it was changed. */
  previous?: string;
  changedAt?: Date;
}

/** Why nothing is handed to a provider account, and since when; what a bad check paused (`configuration`), a good one resumes. */
export interface ProviderPause {
  by: "person" | "configuration";
  reason: string;
  at: Date;
}

/** A change that may have ended what calls wait for, until those are looked at again. */
export interface Recheck {
  at: Date;
  reasons: WaitReason[];
}

/** A document whose changes may end what calls wait for. */
export interface Rechecked {
  lookAgain?: Recheck;
}

/** What is known of a provider account, by its name. */
export interface ProviderStateDocument extends CountedDocument, Rechecked {
  _id: string;
  paused?: ProviderPause;
  /** When a paused account was checked last. */
  checkedAt?: Date;
}

/** What a process of the installation said of itself last, by an id of its own. */
export interface ProcessDocument {
  _id: string;
  role: string;
  host: string;
  pid: number;
  startedAt: Date;
  /** Its provider accounts in their order, and those of them that place no calls. */
  providers: string[];
  simulated: string[];
  /** Until then it counts as alive. */
  aliveUntil: Date;
  /** When the TTL index removes it. */
  expireAt: Date;
}

/** A number that calls are made from: who owns it, and whom the operator lends it to. */
export interface CallerIdDocument extends CountedDocument {
  /** E.164. */
  _id: string;
  owner?: string;
  /** When the owner claimed it; before its project has it in its settings. */
  claimedAt?: Date;
  /** Ids of projects, or `all`; absent where the operator has said nothing. */
  lentTo?: string[];
}

/** A from-number that a provider account refuses to a project. */
export interface NumberRefusalDocument extends NumberRefusal {
  /** Project, account and number. */
  _id: string;
  /** When the TTL index removes it. */
  forgetAt: Date;
}

/** A number that a project must not call. */
export interface DoNotCallDocument extends Removable {
  /** Project and number. */
  _id: string;
  projectId: string;
  /** E.164. */
  number: string;
  createdAt: Date;
}

/** Which call is in flight for a callee and purpose. */
export interface PurposeLockDocument {
  /** Digest of project, number and purpose. */
  _id: string;
  callLogId: string;
  at: Date;
}

/** A planned attempt that is due and found no room in the queue. */
export interface BacklogDocument {
  /** The attempt. */
  _id: string;
  /** Of its priority; the lowest goes first. */
  rank: number;
  projectId: string;
  callLogId: string;
  attemptNumber: number;
  dueAt: Date;
}

/** What an attempt adds to the sums of its budget; a later one of the same attempt takes the place of the one before. */
export interface Posting {
  /** Grows with every posting of the attempt. */
  revision: number;
  /** Whole micro-dollars. */
  micro: number;
  /** Set aside until the cost is known. */
  held: boolean;
}

/** What is set aside or charged for one attempt. It stays for a week after the last fact about the attempt's cost. */
export interface ReservationDocument {
  /** The attempt. */
  _id: string;
  projectId: string;
  /** What was set aside first, in whole micro-dollars. */
  reserved: number;
  at: Date;
  /** Day (UTC) in whose sums it counts, and in those of its month. */
  day: string;
  /** What the budget has to have for it. */
  target: Posting;
  /** What the budget had when that was noted last; `recent` of the budget may be further. */
  posted: Posting;
  /** Grows with every write but that of `posted`. */
  version: number;
  /** When it is compared with the call next. */
  checkAt: Date;
}

/** A posting that is in the sums, until that is noted in its reservation. */
export interface RecentPosting extends Posting {
  /** Of a reservation that has no document of its own yet: when and in which day it was made. */
  old?: { at: Date; day: string };
}

/** Calls of a project to a number that began lately. */
export interface CalleeTurnsDocument {
  /** Digest of project and number. */
  _id: string;
  /** Another one after every change. */
  revision: number;
  placed: { attemptId: string; at: Date }[];
  /** How many attempts were told to wait since the last one went. */
  waiting?: number;
  /** When the last of them counts no more. */
  expireAt: Date;
}

/** What a project with a budget has committed, spent or set aside, in whole micro-dollars. */
export interface BudgetDocument {
  /** The project. */
  _id: string;
  /** Day and month (UTC) that `committed.day` and `committed.month` are of. */
  day: string;
  month: string;
  committed: { day: number; month: number; total: number };
  /** How much of it is set aside. */
  held: number;
  /** Grows whenever a posting leaves `recent` or another day begins, so that no write goes by what was read before. */
  epoch: number;
  /** By attempt id; few. */
  recent: Record<string, RecentPosting>;
  /** Reservations as releases before this one kept them, by attempt id; they are moved when they are seen. */
  reservations?: Record<string, { micro: number; at: Date; day: string; month: string }>;
}

/** How many calls there are that were created in a closed period. */
export interface PeriodSum {
  /** All of them, open ones too. */
  total: number;
  /** Those that had a final status when the period was summed, or when it was looked at again. */
  byStatus: { status: string; count: number }[];
  /** Ids of the others; how they stand is asked when it matters. */
  open: string[];
  /** From then on the first of them may be deleted by its retention; absent when none can be. */
  validUntil?: Date;
}

/** Sums over the parts of a period: the hours of a day, the days of a month, or the months of the whole log. */
export interface RollupPageDocument {
  /** Project, `|` and the period as `2026-11-25` or `2026-11`; nothing after `|` for the whole log. */
  _id: string;
  projectId: string;
  /** Another one whenever a sum was taken away, so that what was counted before is not written after. */
  version: string;
  /** By the name of the part, such as `2026-11-25T10`. */
  sums?: Record<string, PeriodSum>;
  /** Parts that are to be summed (again), and not before when. */
  blocked?: Record<string, Date>;
  /** Of the whole log: from when, unless an older part is known, and until when it was looked at. */
  sealedFrom?: Date;
  sealedTo?: Date;
  /** Of the whole log: nothing at all is summed before then. */
  blockedUntil?: Date;
}

/** A project as its document holds it. */
export interface ProjectDocument extends Project, CountedDocument, Rechecked {}

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
}

/** Name of a collection. */
export type CollectionName = keyof DocumentTypes;

/** The collections of one database. */
export type Collections = { [N in CollectionName]: Collection<DocumentTypes[N]> };

/** The collections of a database, typed. */
export function openCollections(database: Db): Collections {
  return {
    callLogs: database.collection("callLogs"),
    projects: database.collection("projects"),
    apiKeys: database.collection("apiKeys"),
    sessions: database.collection("sessions"),
    signIns: database.collection("signIns"),
    settings: database.collection("settings"),
    providers: database.collection("providers"),
    processes: database.collection("processes"),
    callerIds: database.collection("callerIds"),
    numberRefusals: database.collection("numberRefusals"),
    doNotCall: database.collection("doNotCall"),
    fences: database.collection("fences"),
    backlog: database.collection("backlog"),
    budgets: database.collection("budgets"),
    reservations: database.collection("reservations"),
    calleeTurns: database.collection("calleeTurns"),
    periodSums: database.collection("periodSums"),
    auditLog: database.collection("auditLog"),
    begunActs: database.collection("begunActs"),
    deadLetters: database.collection("deadLetters"),
    migrations: database.collection("migrations"),
  };
}
