import type { RefusalClass } from "@call-log/model";

/** What a provider's refusals to "create call" mean, as data. What is in none of these is a refusal of this one call: `permission`. */
export interface RefusalTable {
  /** By HTTP status, whatever else is said. */
  byStatus: Readonly<Record<number, RefusalClass>>;
  /** By the field of the request that the refusal points at. */
  byField?: Readonly<Record<string, RefusalClass>>;
  /** By the provider's own code. */
  byCode: Readonly<Record<string, RefusalClass>>;
}

/** What is known of one refusal. */
export interface RefusalFacts {
  status: number;
  field?: string | undefined;
  code?: string | undefined;
}

/** The class of a refusal: by its HTTP status first, then the field, then the code. */
export function classifyRefusal(table: RefusalTable, facts: RefusalFacts): RefusalClass {
  const { status, field = "", code = "" } = facts;
  return (
    table.byStatus[status] ??
    entryOf(table.byField, field) ??
    entryOf(table.byCode, code) ??
    "permission"
  );
}

/** Errors of a connection that come before anything was sent. */
export const NOTHING_SENT_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

function entryOf(
  entries: Readonly<Record<string, RefusalClass>> | undefined,
  name: string,
): RefusalClass | undefined {
  return entries !== undefined && Object.hasOwn(entries, name) ? entries[name] : undefined;
}
