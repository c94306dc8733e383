/** One resource that a call can be about. The call keeps a snapshot of it beside its id. */
export interface Relation {
  /** Name of the relation as the reference page gives it. */
  title: string;
  description: string;
}

/**
 * Resources of the caller that a call log can point to, by property name; each has `<name>Id` beside it.
 * Source: OneUptime's Call Log API page.
 */
export const RELATIONS = {
  incident: {
    title: "Incident",
    description: "Incident associated with this call (if any)",
  },
  user: {
    title: "User",
    description: "User who initiated this call (if any)",
  },
  alert: {
    title: "Alert",
    description: "Alert associated with this call (if any)",
  },
  monitor: {
    title: "Monitor",
    description: "Monitor associated with this call (if any)",
  },
  scheduledMaintenance: {
    title: "Scheduled Maintenance Event",
    description: "Scheduled maintenance associated with this call (if any)",
  },
  statusPage: {
    title: "Status Page",
    description: "Status page associated with this call (if any)",
  },
  statusPageAnnouncement: {
    title: "Status Page Announcement",
    description: "Status page announcement associated with this call (if any)",
  },
  onCallDutyPolicy: {
    title: "On-Call Policy",
    description: "On-call duty policy associated with this call (if any)",
  },
  onCallDutyPolicyEscalationRule: {
    title: "Escalation Rule",
    description: "Escalation rule of the on-call duty policy associated with this call (if any)",
  },
  onCallDutyPolicySchedule: {
    title: "On-Call Policy Schedule",
    description: "Schedule of the on-call duty policy associated with this call (if any)",
  },
  team: {
    title: "Team",
    description: "Team associated with this call (if any)",
  },
} as const satisfies Record<string, Relation>;

/** Name of a relation, such as `incident`. */
export type RelationName = keyof typeof RELATIONS;

/** All relation names, in the order of the reference page. */
export const RELATION_NAMES = Object.keys(RELATIONS) as RelationName[];

/** Columns that a relation's snapshot keeps beside `_id`, and that can be selected and queried. */
export const SNAPSHOT_COLUMNS = ["name", "title", "email", "number"] as const;

/** One column of a relation's snapshot. */
export type SnapshotColumn = (typeof SNAPSHOT_COLUMNS)[number];

/** Name of the id property of a relation: `incident` → `incidentId`. */
export function relationIdName<N extends RelationName>(name: N): `${N}Id` {
  return `${name}Id`;
}
