import type { Readable } from "node:stream";

import { CliError } from "../cli-error.ts";
import { readCsv } from "./read-csv.ts";
import { readJsonLines } from "./read-json-lines.ts";
import { readJson } from "./read-json.ts";
import type { SourceRow } from "./source-row.ts";

/** Every form of file that can be imported, with its reader of text in UTF-8; `head` is how the text begins. */
export const FILE_FORMATS = {
  json: readJson,
  jsonl: readJsonLines,
  csv: readCsv,
} as const satisfies Record<string, (source: Readable, head: string) => AsyncIterable<SourceRow>>;

/** Form of a file. */
export type FileFormat = keyof typeof FILE_FORMATS;

/** All forms. */
export const FILE_FORMAT_NAMES = Object.keys(FILE_FORMATS) as [FileFormat, ...FileFormat[]];

// A get-list answer begins with one of its own keys; a call log has none of them.
const GET_LIST = /^\{\s*"(data|count|skip|limit|nextCursor)"/;

// Valid files without rows.
const EMPTY_LIST = /^\[\s*\]|"data"\s*:\s*\[\s*\]/;

/** The form of a file, by how its text begins. */
export function fileFormatOf(head: string): FileFormat {
  const text = withoutMark(head);
  if (text.startsWith("[") || GET_LIST.test(text)) return "json";
  return text.startsWith("{") ? "jsonl" : "csv";
}

/**
 * Refuses a JSON file in which no row was found, unless it is an empty list. A heading alone is an export of nothing.
 */
export function requireEmptyList(format: FileFormat, head: string): void {
  if (format === "csv" || EMPTY_LIST.test(withoutMark(head))) return;
  throw new CliError(
    "FILE: has no call logs: it is neither a list of objects nor get-list answers",
  );
}

function withoutMark(head: string): string {
  return head.replace(/^[\s\uFEFF]+/, "");
}
