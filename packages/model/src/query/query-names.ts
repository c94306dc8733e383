/** Names of the schemas of queries, selections and sort orders in the OpenAPI document. */
export const QUERY_NAMES = {
  callLogs: "CallLogQuery",
  audit: "AuditQuery",
  select: "CallLogSelect",
  sort: "CallLogSort",
} as const;

/** Name of a schema of a query, a selection or a sort order. */
export type QueryName = (typeof QUERY_NAMES)[keyof typeof QUERY_NAMES];
