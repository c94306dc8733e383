import type { ActName } from "@call-log/model";

/** Filter of the audit trail. */
export interface AuditFilter {
  act: ActName | null;
  /** Part of a name, or an id. */
  who: string;
}

/** The query of a filter, as input of the API. */
export function auditQuery({ act, who }: AuditFilter): Record<string, unknown> {
  const text = who.trim();
  const named = { "actor.name": { _type: "Search", value: text } };
  return {
    ...(act !== null && { act }),
    ...(text !== "" && { $or: [{ "actor.id": text }, named] }),
  };
}

/** A change or fact as text; a dash without a value. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
}
