import type { Document } from "bson";

import { toNumber } from "./bson-number.ts";
import { asDocument } from "./bson-type.ts";
import { countField, documentField } from "./command-fields.ts";
import { CommandError } from "./errors.ts";
import type { Query } from "./find-documents.ts";
import { parseFilter } from "./parse-filter.ts";
import { parseSort } from "./sort-documents.ts";

/** Parses the parts of a query that commands share; `filterField` is where its filter stands. */
export function parseQuery(command: Document, filterField: "filter" | "query" | "q"): Query {
  return {
    filter: parseFilter(documentField(command, filterField)),
    sort: parseSort(documentField(command, "sort")),
    skip: countField(command, "skip", 0),
    limit: limitOf(command),
    hint: hintOf(command["hint"]),
  };
}

// A negative limit is an old way to ask for a single batch.
function limitOf(command: Document): number {
  const limit = toNumber(command["limit"]);
  return limit !== undefined && limit < 0 && "count" in command
    ? -limit
    : countField(command, "limit", 0);
}

/** Reads a hint: the name of an index or its key. */
export function hintOf(value: unknown): Document | string | undefined {
  if (value === undefined || typeof value === "string") return value;
  const document = asDocument(value);
  if (document === undefined)
    throw new CommandError("FailedToParse", "'hint' must be a string or an object");
  return document;
}
