import type { AlertCallRule, JsonMapping, ProjectSettings, RetryPolicy } from "@call-log/model";

import { tIn } from "../language/translate.ts";

type Words = Readonly<Record<string, () => string>>;

/** Each setting of a project, inside a sentence. */
const SETTINGS: Readonly<Record<keyof ProjectSettings, () => string>> = {
  name: () => tIn("field", "name"),
  fromNumbers: () => tIn("field", "from-numbers"),
  providerChain: () => tIn("field", "providers"),
  allowedCountries: () => tIn("field", "countries"),
  allowedNumberTypes: () => tIn("field", "costly numbers"),
  blockedPrefixes: () => tIn("field", "blocked prefixes"),
  budget: () => tIn("field", "budget"),
  calleeLimits: () => tIn("field", "calls to one number"),
  callsPerSecond: () => tIn("field", "calls per second"),
  quietHours: () => tIn("field", "quiet hours"),
  retentionDays: () => tIn("field", "retention in days"),
};

/** What else a line of the audit trail records of an act: fields that changed, and facts. */
const RECORDED: Words = {
  // Of a pause, its reason is said.
  paused: () => tIn("field", "reason"),
  operatorPause: () => tIn("field", "reason"),
  status: () => tIn("field", "status"),
  state: () => tIn("field", "state"),
  reason: () => tIn("field", "reason"),
  waitedFor: () => tIn("field", "waited for"),
  provider: () => tIn("field", "provider"),
  permissions: () => tIn("field", "permissions"),
  allowedAddresses: () => tIn("field", "allowed addresses"),
  expiresAt: () => tIn("field", "expires"),
  revokedAt: () => tIn("field", "revoked"),
  kind: () => tIn("field", "kind"),
  rule: () => tIn("field", "call rule"),
  mapping: () => tIn("field", "mapping"),
  back: () => tIn("field", "back channel"),
  enabled: () => tIn("field", "enabled"),
  disabledBy: () => tIn("field", "disabled by"),
  url: () => tIn("field", "address"),
  events: () => tIn("field", "events"),
  description: () => tIn("field", "description"),
  projects: () => tIn("field", "projects"),
  draining: () => tIn("field", "draining"),
  requested: () => tIn("field", "requested"),
  accepted: () => tIn("field", "accepted"),
  repeated: () => tIn("field", "repeated"),
  refused: () => tIn("field", "refused"),
  imported: () => tIn("field", "imported"),
  present: () => tIn("field", "present before"),
  ended: () => tIn("field", "ended"),
  notEnded: () => tIn("field", "not ended"),
  format: () => tIn("field", "format"),
  filteredBy: () => tIn("field", "filtered by"),
  from: () => tIn("field", "from"),
  to: () => tIn("field", "to"),
  only: () => tIn("field", "only"),
  deliveries: () => tIn("field", "deliveries"),
  previousUntil: () => tIn("field", "the one before ends"),
  failingSince: () => tIn("field", "failing since"),
  backupAt: () => tIn("field", "backup of"),
  openCalls: () => tIn("field", "open calls"),
  sessions: () => tIn("field", "sessions"),
  by: () => tIn("field", "by"),
  as: () => tIn("field", "as"),
};

const WORDS: Words = { ...RECORDED, ...SETTINGS };

type RulePart =
  | Exclude<keyof AlertCallRule, "retry" | "toByLabel">
  | Exclude<keyof RetryPolicy, "backoff">
  | keyof RetryPolicy["backoff"]
  | keyof NonNullable<AlertCallRule["toByLabel"]>;

/** Each part of a call rule, and of the mapping of an alert. */
const RULE_PARTS: Readonly<Record<RulePart | keyof JsonMapping, () => string>> = {
  to: () => tIn("part", "number called"),
  label: () => tIn("part", "label that decides"),
  numbers: () => tIn("part", "numbers by the label"),
  text: () => tIn("part", "text"),
  groupText: () => tIn("part", "text about several alerts"),
  each: () => tIn("part", "a call for each"),
  maxCalls: () => tIn("part", "most calls at once"),
  cancelResolved: () => tIn("part", "ends the calls of resolved alerts"),
  newCallAfterMinutes: () => tIn("part", "minutes until the next call"),
  reachedWhen: () => tIn("part", "reached when"),
  acknowledgeDigit: () => tIn("part", "key that acknowledges"),
  acknowledgePrompt: () => tIn("part", "text that asks for the key"),
  acknowledgedText: () => tIn("part", "text after the key"),
  language: () => tIn("part", "language"),
  voice: () => tIn("part", "voice"),
  fromNumber: () => tIn("part", "called from"),
  maxAttempts: () => tIn("part", "attempts"),
  type: () => tIn("part", "kind of delay"),
  delaySeconds: () => tIn("part", "delay in seconds"),
  maxDelaySeconds: () => tIn("part", "longest delay in seconds"),
  on: () => tIn("part", "tried again after"),
  onUnknown: () => tIn("part", "when it is unknown"),
  priority: () => tIn("part", "priority"),
  timeZone: () => tIn("part", "time zone"),
  deadlineMinutes: () => tIn("part", "minutes until it is not dialled any more"),
  sensitive: () => tIn("part", "sensitive"),
  timeLimitSeconds: () => tIn("part", "longest call in seconds"),
  ringTimeoutSeconds: () => tIn("part", "longest ringing in seconds"),
  tags: () => tIn("part", "tags"),
  alerts: () => tIn("part", "list of the alerts"),
  title: () => tIn("part", "title"),
  fingerprint: () => tIn("part", "fingerprint"),
  severity: () => tIn("part", "severity"),
  startsAt: () => tIn("part", "beginning"),
  url: () => tIn("part", "address"),
  status: () => tIn("part", "status"),
  resolvedWhen: () => tIn("part", "over when it is"),
  labels: () => tIn("part", "labels"),
};

/** Each part of a back channel that no rule has. */
const BACK_PARTS: Words = {
  kind: () => tIn("part", "kind"),
  userName: () => tIn("part", "user name"),
  durationSeconds: () => tIn("part", "silence in seconds"),
  matchLabels: () => tIn("part", "labels that it matches"),
  hasSecret: () => tIn("part", "has a secret"),
};

const PARTS: Words = { ...BACK_PARTS, ...RULE_PARTS };

/**
 * A field inside a sentence: `quiet hours`; a part of one by its path: `call rule, attempts`. The name of a field of
 * another release is taken apart.
 */
export function fieldName(path: string): string {
  const [field = "", ...within] = path.split(".");
  const part = within.at(-1);
  return part === undefined ? ownName(field) : `${ownName(field)}, ${partName(part)}`;
}

function ownName(field: string): string {
  if (Object.hasOwn(WORDS, field)) return WORDS[field]!();
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A value within another one, inside a sentence; a name that a person gave stays. */
export function partName(name: string): string {
  return Object.hasOwn(PARTS, name) ? PARTS[name]!() : name;
}
