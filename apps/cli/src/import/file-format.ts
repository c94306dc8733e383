import type { Readable } from "node:stream";

import { readCsv } from "./read-csv.ts";
import { readJsonLines } from "./read-json-lines.ts";
import { readJson } from "./read-json.ts";
import type { SourceRow } from "./source-row.ts";

/** Every form of file that can be imported, with its reader. */
export const FILE_FORMATS = {
  json: readJson,
  jsonl: readJsonLines,
  csv: readCsv,
} as const satisfies Record<string, (source: Readable) => AsyncIterable<SourceRow>>;

/** Form of a file. */
export type FileFormat = keyof typeof FILE_FORMATS;

/** All forms. */
export const FILE_FORMAT_NAMES = Object.keys(FILE_FORMATS) as [FileFormat, ...FileFormat[]];

// A get-list answer begins with one of its own keys; a call log has none of them.
const GET_LIST = /^\{\s*"(data|count|skip|limit|nextCursor)"/;

/** The form of a file, by how its text begins. */
export function fileFormatOf(head: string): FileFormat {
  const text = head.replace(/^[\s\uFEFF]+/, "");
  if (text.startsWith("[") || GET_LIST.test(text)) return "json";
  return text.startsWith("{") ? "jsonl" : "csv";
}
