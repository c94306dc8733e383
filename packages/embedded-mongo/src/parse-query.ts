import type { Document } from "bson";

import { countField, documentField } from "./command-fields.ts";
import type { Query } from "./find-documents.ts";
import { parseFilter } from "./parse-filter.ts";
import { parseSort } from "./sort-documents.ts";

/** Parses the parts of a query that commands share; `filterField` names the field with its filter. */
export function parseQuery(command: Document, filterField: "filter" | "query" | "q"): Query {
  return {
    filter: parseFilter(documentField(command, filterField)),
    sort: parseSort(documentField(command, "sort")),
    skip: countField(command, "skip", 0),
    limit: countField(command, "limit", 0),
  };
}
