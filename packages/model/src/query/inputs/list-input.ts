import { z } from "zod";

import { objectId } from "../../value/object-id.ts";
import { onlyKeys } from "../../value/only-keys.ts";
import { parseQuery } from "../conditions/parse-query.ts";
import type { QueryInput } from "../conditions/query-type.ts";
import { QUERY_NAMES } from "../query-names.ts";
import { parseSelect, type SelectInput } from "../select/select.ts";
import { parseSort, type SortInput } from "../select/sort.ts";
import { inParts } from "./in-parts.ts";
import { limit, skip } from "./page.ts";
import { schemaFromParser } from "./schema-from-parser.ts";

/** Which call logs: from JSON to a typed filter. */
export const queryInput = schemaFromParser<QueryInput | null, ReturnType<typeof parseQuery>>(
  parseQuery,
  QUERY_NAMES.callLogs,
)
  .prefault(null)
  .meta({
    description: "Conditions on properties; all of them must hold",
    example: { status: "Completed" },
  });

/** Which properties of them: `_id` alone when absent. */
export const selectInput = schemaFromParser<SelectInput | null, ReturnType<typeof parseSelect>>(
  parseSelect,
  QUERY_NAMES.select,
)
  .prefault(null)
  .meta({ description: "Properties to answer with; `_id` always is", example: { status: true } });

/** In which order: newest first when absent. */
export const sortInput = schemaFromParser<SortInput | null, ReturnType<typeof parseSort>>(
  parseSort,
  QUERY_NAMES.sort,
)
  .prefault(null)
  .meta({ description: "Up to three properties with their direction", example: { createdAt: -1 } });

/** Where a list goes on: the `nextCursor` of the page before. */
export const cursorInput = z
  .string({ error: "must be the nextCursor of the page before" })
  .min(1, { error: "must be the nextCursor of the page before" })
  .max(1000, { error: "is not a cursor of this API" })
  .meta({ description: "The nextCursor of the page before, with the same query and sort" });

/** OneUptime's client sends it with every list, empty: grouping is not offered. */
const groupBy = z
  .strictObject({}, { error: "must be absent, null or {}: lists are not grouped" })
  .nullish()
  .meta({ description: "Nothing is grouped" });

/** Input of a list. */
export const listInput = onlyKeys({
  query: queryInput,
  select: selectInput,
  sort: sortInput,
  skip,
  limit,
  cursor: cursorInput.optional(),
  inParts,
  groupBy,
})
  .refine((input) => input.cursor === undefined || input.skip === 0, {
    path: ["skip"],
    error: "must be 0 or absent when a cursor is given",
  })
  .meta({ id: "CallLogList", title: "List of call logs" });

/** Input of one call log by its id. */
export const itemInput = onlyKeys({ id: objectId, select: selectInput }).meta({
  id: "CallLogItem",
  title: "One call log",
});

/** Input of a count. What only a list needs is ignored. */
export const countInput = onlyKeys({
  query: queryInput,
  inParts,
  select: z.unknown(),
  sort: z.unknown(),
  skip: z.unknown(),
  limit: z.unknown(),
  cursor: z.unknown(),
  groupBy: z.unknown(),
})
  .partial({ select: true, sort: true, skip: true, limit: true, cursor: true, groupBy: true })
  .transform(({ query, ...input }) => ({ query, inParts: input.inParts }))
  .meta({ id: "CallLogCount", title: "Count of call logs" });

/** Input of a list, parsed. */
export type ListQuery = z.output<typeof listInput>;
