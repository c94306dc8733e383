import type { z } from "zod";

import { onlyKeys } from "../../value/only-keys.ts";
import type { Filter } from "../conditions/filter.ts";
import { queryParser } from "../conditions/parse-query.ts";
import { QUERY_NAMES } from "../query-names.ts";
import { directionSchema } from "../select/sort-direction.ts";
import type { SortKey } from "../select/sort.ts";
import { AUDIT_SCOPE } from "./audit-scope.ts";
import { inParts } from "./in-parts.ts";
import { cursorInput } from "./list-input.ts";
import { limit, skip } from "./page.ts";
import { schemaFromParser } from "./schema-from-parser.ts";

/** A query on the audit trail as a caller writes it, in the language of queries on call logs. */
export type AuditQueryInput = Readonly<Record<string, unknown>>;

/** Which lines: from JSON to a typed filter. */
const auditQuery = schemaFromParser<AuditQueryInput | null, Filter>(
  queryParser(AUDIT_SCOPE),
  QUERY_NAMES.audit,
)
  .prefault(null)
  .meta({
    description: "Conditions on a line; all of them must hold",
    example: { act: "project.update" },
  });

const directionInput = directionSchema('must be 1, -1, "ASC" or "DESC"');

const auditSort = onlyKeys({ createdAt: directionInput.default(-1) })
  .nullable()
  .prefault(null)
  .transform((input): SortKey[] => {
    const given = input?.createdAt ?? -1;
    const order = given === 1 || String(given).toUpperCase() === "ASC" ? 1 : -1;
    return [
      { path: "createdAt", direction: order },
      { path: "_id", direction: order },
    ];
  })
  .meta({ description: "By `createdAt`; newest first when absent", example: { createdAt: -1 } });

/** Input of a list of lines of the audit trail. */
export const auditListInput = onlyKeys({
  query: auditQuery,
  sort: auditSort,
  skip,
  limit,
  cursor: cursorInput.optional(),
  inParts,
})
  .refine((input) => input.cursor === undefined || input.skip === 0, {
    path: ["skip"],
    error: "must be 0 or absent when a cursor is given",
  })
  .meta({ id: "AuditList", title: "List of lines of the audit trail" });

/** Input of a list of lines, parsed. */
export type AuditListQuery = z.output<typeof auditListInput>;

/** Input of a count of lines of the audit trail. */
export const auditCountInput = onlyKeys({ query: auditQuery, inParts }).meta({
  id: "AuditCount",
  title: "Count of lines of the audit trail",
});

/** Input of a count of lines, parsed. */
export type AuditCountQuery = z.output<typeof auditCountInput>;
