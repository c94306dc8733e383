import type { RelationName } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** What a call can belong to. */
const TITLES: Readonly<Record<RelationName, () => string>> = {
  incident: () => tIn("relation", "Incident"),
  user: () => tIn("relation", "User"),
  alert: () => tIn("relation", "Alert"),
  monitor: () => tIn("relation", "Monitor"),
  scheduledMaintenance: () => tIn("relation", "Scheduled Maintenance Event"),
  statusPage: () => tIn("relation", "Status Page"),
  statusPageAnnouncement: () => tIn("relation", "Status Page Announcement"),
  onCallDutyPolicy: () => tIn("relation", "On-Call Policy"),
  onCallDutyPolicyEscalationRule: () => tIn("relation", "Escalation Rule"),
  onCallDutyPolicySchedule: () => tIn("relation", "On-Call Policy Schedule"),
  team: () => tIn("relation", "Team"),
};

/** What a call can belong to, in the active language. */
export function relationTitle(name: RelationName): string {
  return TITLES[name]();
}
