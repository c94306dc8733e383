import { Readable } from "node:stream";

import { CsvError, parse } from "csv-parse";

import { CliError } from "../cli-error.ts";
import { cellValue } from "./csv-cell.ts";
import { csvDialect, headingOf } from "./csv-heading.ts";
import type { SourceRow } from "./source-row.ts";

/** Longest row, in characters; a quote that is never closed would else hold the rest of the file. */
const MAX_ROW_SIZE = 4_000_000;

interface CsvRow {
  raw: string;
  record: string[];
}

const LINE_END = /\r\n|\n|\r/g;

/**
 * The rows of a CSV file with a heading line. Columns like `incident.title` make objects; an empty cell is no value.
 */
export async function* readCsv(source: Readable, head: string): AsyncGenerator<SourceRow> {
  const { delimiter, recordDelimiter, preamble } = csvDialect(head);
  const parser = parse({
    bom: true,
    delimiter,
    record_delimiter: recordDelimiter,
    raw: true,
    max_record_size: MAX_ROW_SIZE,
    relax_column_count: true,
  });
  const text = Readable.from(without(preamble, source), { objectMode: false });
  text.on("error", (error) => parser.destroy(error));
  let heading: string[] | undefined;
  let number = 0;
  let line = preamble === "" ? 1 : 2;
  try {
    for await (const { raw, record } of text.pipe(parser) as AsyncIterable<CsvRow>) {
      if (heading === undefined) heading = headingOf(record);
      else {
        number += 1;
        yield { number, line, content: contentOf(heading, record) };
      }
      line += linesOf(raw);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CliError(`FILE: is not CSV: ${error.message}`, { cause: error });
  }
}

async function* without(preamble: string, source: Readable): AsyncGenerator<Buffer> {
  let left = Buffer.byteLength(preamble);
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    if (skipped < chunk.length) yield chunk.subarray(skipped);
  }
}

// The parser counts CR LF inside a cell twice, and of what ends a row it gives the first character alone.
function linesOf(raw: string): number {
  return 1 + (raw.replace(/\r$/, "").match(LINE_END)?.length ?? 0);
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
