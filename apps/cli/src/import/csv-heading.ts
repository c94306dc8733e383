import { unguardedCell } from "@call-log/export";

import { CliError } from "../cli-error.ts";

/** Columns without which no row can be a call log. */
const NEEDED = ["_id", "createdAt", "toNumber", "fromNumber", "status"];

const DELIMITERS = [",", ";", "\t"];

/** How a CSV file is written. */
export interface CsvDialect {
  delimiter: string;
  /** The row separator; other line breaks may stand unquoted in a cell, as in earlier exports. */
  recordDelimiter: string;
  /** The line before the heading that says the separator, with its end; empty without one. */
  preamble: string;
}

/**
 * What separates the cells of a file, by how it begins: a line `sep=;` as Excel writes it says so, else its heading
 * does.
 */
export function csvDialect(head: string): CsvDialect {
  const text = head.replace(/^\uFEFF/, "");
  const [preamble = "", said] = /^"?sep=([,;\t|])"?(?:\r\n|\n|\r)/i.exec(text) ?? [];
  const [, heading = "", recordDelimiter = "\n"] =
    /^([^\r\n]*)(\r\n|\n|\r)?/.exec(text.slice(preamble.length)) ?? [];
  return { delimiter: said ?? delimiterOf(heading), recordDelimiter, preamble };
}

function delimiterOf(heading: string): string {
  const counts = DELIMITERS.map((delimiter) => {
    const names = namesOf(heading.replaceAll('"', "").split(delimiter));
    return names.filter((name) => NEEDED.includes(name)).length;
  });
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!;
}

/**
 * The names of the columns. Throws a CliError for a heading that is none of a call log, or that names a column twice.
 */
export function headingOf(cells: readonly string[]): string[] {
  const names = namesOf(cells);
  const missing = NEEDED.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new CliError(
      `FILE: is not a CSV file of call logs: its first line has no column ${missing.join(", ")}`,
    );
  const given = names.filter((name) => name !== "");
  if (new Set(given).size < given.length)
    throw new CliError("FILE: its first line has two columns with the same name");
  return names;
}

function namesOf(cells: readonly string[]): string[] {
  return cells.map((name) => unguardedCell(name.trim()));
}
