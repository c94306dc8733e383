import type { ProjectSettings } from "@call-log/model";

import { tIn } from "../language/translate.ts";

type Words = Readonly<Record<string, () => string>>;

/** Each setting of a project, inside a sentence. */
const SETTINGS: Readonly<Record<keyof ProjectSettings, () => string>> = {
  name: () => tIn("field", "name"),
  fromNumbers: () => tIn("field", "from numbers"),
  providerChain: () => tIn("field", "provider chain"),
  allowedCountries: () => tIn("field", "allowed countries"),
  allowedNumberTypes: () => tIn("field", "allowed number types"),
  blockedPrefixes: () => tIn("field", "blocked prefixes"),
  budget: () => tIn("field", "budget"),
  calleeLimits: () => tIn("field", "callee limits"),
  callsPerSecond: () => tIn("field", "calls per second"),
  quietHours: () => tIn("field", "quiet hours"),
  retentionDays: () => tIn("field", "retention days"),
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

/** A field inside a sentence: `quiet hours`; the name of one of another release is taken apart. */
export function fieldName(field: string): string {
  if (Object.hasOwn(WORDS, field)) return WORDS[field]!();
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
