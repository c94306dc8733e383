import type { ActName } from "@call-log/model";

/** What is looked for in the audit trail. */
export interface AuditFilter {
  act: ActName | null;
  /** Part of a name, or an id. */
  who: string;
}

/** The query of a filter, as the APIs take it. */
export function auditQuery({ act, who }: AuditFilter): Record<string, unknown> {
  const text = who.trim();
  const named = { "actor.name": { _type: "Search", value: text } };
  return {
    ...(act !== null && { act }),
    ...(text !== "" && { $or: [{ "actor.id": text }, named] }),
  };
}

/** A change or fact in words; what has no value is a dash. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
