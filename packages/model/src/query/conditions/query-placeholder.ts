import { z } from "zod";

/** Names of the schemas of queries, selections and sort orders in the document of the API. */
export const QUERY_NAMES = {
  callLogs: "CallLogQuery",
  audit: "AuditQuery",
  select: "CallLogSelect",
  sort: "CallLogSort",
} as const;

// A name alone, which the document fills: what describes queries is large, and browsers have no use for it.
const named = (id: string) => z.record(z.string(), z.unknown()).meta({ id });

/** A query on call logs, as documented. */
export const callLogQueryShape = named(QUERY_NAMES.callLogs);

/** A query on the audit trail, as documented. */
export const auditQueryShape = named(QUERY_NAMES.audit);

/** A selection, as documented. */
export const selectPlaceholder = named(QUERY_NAMES.select);

/** A sort order, as documented. */
export const sortPlaceholder = named(QUERY_NAMES.sort);
