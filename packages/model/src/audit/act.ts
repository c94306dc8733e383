import { projectSettings } from "../project/project.ts";
import { WEBHOOK_ACTS } from "./webhook-acts.ts";

/** What an act is done to. */
export type TargetKind =
  | "alert-source"
  | "call-log"
  | "dead-letter"
  | "key"
  | "number"
  | "project"
  | "provider"
  | "saved-view"
  | "session"
  | "webhook"
  | "worker";

/** One kind of act: its words, and all that a line of it may hold. */
export interface ActEntry {
  /** For a table, such as "Call canceled". */
  title: string;
  description: string;
  target?: TargetKind;
  /** Fields whose old and new value the line records; no others are recorded. */
  fields: readonly string[];
  /** Further facts that the line records; no others are recorded. */
  facts: readonly string[];
}

const SETTINGS = Object.keys(projectSettings.shape);

/** Every act that is in the audit trail. */
export const ACTS = {
  "calls.dispatch-many": {
    title: "Calls dispatched",
    description: "A batch of call requests was sent; how many were accepted, and their call logs",
    fields: [],
    facts: ["requested", "accepted", "repeated", "refused", "callLogIds"],
  },
  "calls.cancel": {
    title: "Call canceled",
    description: "A call was canceled, or its end was asked for at the provider",
    target: "call-log",
    fields: ["status"],
    facts: [],
  },
  "calls.end-running": {
    title: "Running calls ended",
    description:
      "All running calls were ended after a stop: of a project, a provider account, or all; each has a line of its own",
    fields: [],
    facts: ["provider", "ended", "notEnded"],
  },
  "calls.call-now": {
    title: "Called now",
    description: "A waiting call was dialled at once, with a reason; `waitedFor` is why it waited",
    target: "call-log",
    fields: ["status"],
    facts: ["reason", "waitedFor"],
  },
  "calls.retry": {
    title: "Called again",
    description: "A finished call was called again; `newCallLogId` is the new call",
    target: "call-log",
    fields: [],
    facts: ["newCallLogId"],
  },
  "calls.resolve": {
    title: "Unknown call resolved",
    description: "A person resolved a call that was held as Unknown",
    target: "call-log",
    fields: ["status"],
    facts: ["as", "providerCallId"],
  },
  "calls.import": {
    title: "Call logs imported",
    description: "Call logs were imported from a file",
    fields: [],
    facts: ["from", "imported", "present", "refused"],
  },
  "calls.export": {
    title: "Call logs exported",
    description: "Call logs were exported as a file; `filteredBy` names the filters of the query",
    fields: [],
    facts: ["format", "filteredBy"],
  },
  "dead-letter.replay": {
    title: "Refused request replayed",
    description: "A refused call request was replayed and accepted; `callLogId` is its call log",
    target: "dead-letter",
    fields: ["state"],
    facts: ["callLogId"],
  },
  "dead-letter.drop": {
    title: "Refused request dropped",
    description: "A refused call request was dropped",
    target: "dead-letter",
    fields: ["state"],
    facts: [],
  },
  "project.create": {
    title: "Project created",
    description: "A project was created with these settings",
    target: "project",
    fields: SETTINGS,
    facts: [],
  },
  "project.update": {
    title: "Settings changed",
    description: "Settings of a project were changed",
    target: "project",
    fields: SETTINGS,
    facts: [],
  },
  "project.pause": {
    title: "Project paused",
    description: "All calls of a project were paused",
    target: "project",
    fields: ["paused", "operatorPause"],
    facts: [],
  },
  "project.resume": {
    title: "Project resumed",
    description: "The calls of a project were resumed",
    target: "project",
    fields: ["paused", "operatorPause"],
    facts: [],
  },
  "provider.pause": {
    title: "Provider paused",
    description: "A provider account was paused",
    target: "provider",
    fields: ["paused"],
    facts: [],
  },
  "provider.resume": {
    title: "Provider resumed",
    description: "A provider account was resumed",
    target: "provider",
    fields: ["paused"],
    facts: [],
  },
  "worker.drain": {
    title: "Worker drained",
    description: "A worker takes no more jobs, and ends those that are under way",
    target: "worker",
    fields: ["draining"],
    facts: [],
  },
  "worker.resume": {
    title: "Worker resumed",
    description: "A drained worker takes jobs again",
    target: "worker",
    fields: ["draining"],
    facts: [],
  },
  "number.lend": {
    title: "Number lent",
    description: "A number of the installation was lent to a project",
    target: "number",
    fields: ["projects"],
    facts: ["projectId"],
  },
  "number.take-back": {
    title: "Number taken back",
    description: "A number of the installation is no longer lent to a project",
    target: "number",
    fields: ["projects"],
    facts: ["projectId"],
  },
  "key.create": {
    title: "Key created",
    description: "An API key was created; the key itself is not in the line",
    target: "key",
    fields: ["name", "permissions", "expiresAt", "allowedAddresses", "rotatedFrom"],
    facts: [],
  },
  "key.rotate": {
    title: "Key rotated",
    description: "A key was replaced, and expires",
    target: "key",
    fields: ["expiresAt"],
    facts: ["newKeyId"],
  },
  "key.revoke": {
    title: "Key revoked",
    description: "An API key was made invalid",
    target: "key",
    fields: ["revokedAt"],
    facts: [],
  },
  "alert-source.create": {
    title: "Alert source created",
    description: "An alert source was created; its token is not in the line",
    target: "alert-source",
    fields: ["name", "kind", "rule", "mapping", "back", "enabled"],
    facts: [],
  },
  "alert-source.update": {
    title: "Alert source changed",
    description: "Name, rule or mapping of an alert source was changed, or it was turned on or off",
    target: "alert-source",
    fields: ["name", "rule", "mapping", "back", "enabled"],
    facts: [],
  },
  "alert-source.rotate-token": {
    title: "Token of an alert source rotated",
    description: "An alert source got a new token; `previousUntil` is when the one before ends",
    target: "alert-source",
    fields: [],
    facts: ["previousUntil"],
  },
  "alert-source.delete": {
    title: "Alert source deleted",
    description: "An alert source was deleted; its token is not valid any more",
    target: "alert-source",
    fields: ["name"],
    facts: [],
  },
  "saved-view.create": {
    title: "View shared",
    description: "A view of the list of calls was saved for the project",
    target: "saved-view",
    fields: ["name"],
    facts: [],
  },
  "saved-view.delete": {
    title: "Shared view deleted",
    description: "A view of the list of calls was deleted from the project",
    target: "saved-view",
    fields: ["name"],
    facts: [],
  },
  "do-not-call.add": {
    title: "Number blocked",
    description: "A number was put on the do-not-call list",
    target: "number",
    fields: [],
    facts: [],
  },
  "do-not-call.remove": {
    title: "Number unblocked",
    description: "A number was taken off the do-not-call list",
    target: "number",
    fields: [],
    facts: [],
  },
  ...WEBHOOK_ACTS,
  "installation.restore": {
    title: "Database restored",
    description: "The database was restored from a backup; `openCalls` were open in it",
    fields: [],
    facts: ["backupAt", "openCalls"],
  },
  "session.begin": {
    title: "Signed in",
    description: "Somebody signed in to the dashboard",
    target: "session",
    fields: [],
    facts: ["by"],
  },
  "session.refuse": {
    title: "Sign-in refused",
    description:
      "Somebody tried to sign in with a key that is not valid; one line a minute for each address",
    fields: [],
    facts: ["by"],
  },
  "session.end": {
    title: "Signed out",
    description: "A session of the dashboard was ended",
    target: "session",
    fields: [],
    facts: ["sessions"],
  },
} as const satisfies Record<string, ActEntry>;

/** Name of an act. */
export type ActName = keyof typeof ACTS;

/** Names of all acts. */
export const ACT_NAMES = Object.keys(ACTS) as [ActName, ...ActName[]];

/** A fact that a line of this act may hold. */
export type FactName<A extends ActName> = (typeof ACTS)[A]["facts"][number];
