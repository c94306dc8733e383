import type { Readable } from "node:stream";

import { withFormula } from "@call-log/export";
import { PROPERTIES, type PropertyKind, type PropertyName } from "@call-log/model";
import { CsvError, parse } from "csv-parse";

import { CliError } from "../cli-error.ts";
import type { SourceRow } from "./source-row.ts";

/** Longest row, in characters; a quote that is never closed would else hold the rest of the file. */
const MAX_ROW_SIZE = 4_000_000;
/** Kinds of property whose cells hold JSON. */
const JSON_KINDS: ReadonlySet<PropertyKind> = new Set(["json", "relation", "attempts", "texts"]);

interface CsvRow {
  info: { lines: number };
  record: string[];
}

/** The rows of a CSV file with a heading line. Columns like `incident.title` make objects; an empty cell is no value. */
export async function* readCsv(source: Readable): AsyncGenerator<SourceRow> {
  const parser = parse({
    bom: true,
    info: true,
    max_record_size: MAX_ROW_SIZE,
    relax_column_count: true,
  });
  source.on("error", (error) => parser.destroy(error));
  let heading: string[] | undefined;
  let number = 0;
  let before = 0;
  try {
    for await (const { info, record } of source.pipe(parser) as AsyncIterable<CsvRow>) {
      const line = before + 1;
      before = info.lines;
      if (heading === undefined) {
        heading = record.map((name) => withFormula(name.trim()));
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
    const cell = withFormula(cells[index] ?? "");
    if (cell !== "") place(row, name.split("."), valueOf(name, cell));
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

function valueOf(name: string, cell: string): unknown {
  const kind = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name as PropertyName].kind : undefined;
  if (kind === undefined || !JSON_KINDS.has(kind)) return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
