import type { Readable } from "node:stream";

import { CsvError, parse } from "csv-parse";

import { CliError } from "../cli-error.ts";
import { cellValue } from "./csv-cell.ts";
import { csvDialect, headingOf } from "./csv-heading.ts";
import type { SourceRow } from "./source-row.ts";

/** Longest row, in characters; a quote that is never closed would else hold the rest of the file. */
const MAX_ROW_SIZE = 4_000_000;

interface CsvRow {
  info: { lines: number };
  record: string[];
}

/** The rows of a CSV file with a heading line. Columns like `incident.title` make objects; an empty cell is no value. */
export async function* readCsv(source: Readable, head: string): AsyncGenerator<SourceRow> {
  const { delimiter, headingLine } = csvDialect(head);
  const parser = parse({
    bom: true,
    delimiter,
    from_line: headingLine,
    info: true,
    max_record_size: MAX_ROW_SIZE,
    relax_column_count: true,
  });
  source.on("error", (error) => parser.destroy(error));
  let heading: string[] | undefined;
  let number = 0;
  let before = headingLine - 1;
  try {
    for await (const { info, record } of source.pipe(parser) as AsyncIterable<CsvRow>) {
      const line = before + 1;
      before = info.lines;
      if (heading === undefined) {
        heading = headingOf(record);
        continue;
      }
      number += 1;
      yield { number, line, content: contentOf(heading, record) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CliError(`FILE: is not CSV: ${error.message}`, { cause: error });
  }
}

function contentOf(heading: readonly string[], cells: readonly string[]): SourceRow["content"] {
  if (cells.length !== heading.length)
    return { unreadable: `has ${cells.length} cells where the heading has ${heading.length}` };
  const row: Record<string, unknown> = {};
  for (const [index, name] of heading.entries()) {
    const cell = cells[index] ?? "";
    if (cell === "") continue;
    const read = cellValue(name, cell);
    if ("unreadable" in read) return { ...read, field: name };
    place(row, name.split("."), read.value);
  }
  return { value: row };
}

function place(row: Record<string, unknown>, [name = "", ...rest]: string[], value: unknown): void {
  const inner = rest.length === 0 ? value : { ...(row[name] as object), [rest.join(".")]: value };
  Object.defineProperty(row, name, {
    value: inner,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
