import type { ImportRefusal } from "@call-log/store";

import { tableText } from "../output/table.ts";
import type { SourceRow } from "./source-row.ts";

/** A row that was not imported, and why. */
export interface RefusedRow extends ImportRefusal {
  row: number;
  line?: number;
}

/** Result of an import. */
export interface ImportReport {
  /** Rows that were looked at. */
  read: number;
  imported: number;
  /** Rows that were there already, with the same content. */
  present: number;
  refused: number;
  /** The first of the refused rows. */
  refusals: RefusedRow[];
  /** Names that a call log does not have, and how many rows had them. */
  ignored: Record<string, number>;
  /** The last settled row; a stopped import resumes after it. */
  settledRow: number;
  /** False when it was stopped. */
  complete: boolean;
}

/** Most refused rows, and most ignored names, that a report keeps: it must not grow with the file. */
const MAX_KEPT = 20;

/** The report of an import that has not begun. */
export function emptyReport(): ImportReport {
  return {
    read: 0,
    imported: 0,
    present: 0,
    refused: 0,
    refusals: [],
    ignored: {},
    settledRow: 0,
    complete: false,
  };
}

/** Count a refused row. */
export function addRefusal(
  report: ImportReport,
  { number, line }: SourceRow,
  refusal: ImportRefusal,
): RefusedRow {
  const refused = { row: number, ...(line !== undefined && { line }), ...refusal };
  report.refused += 1;
  if (report.refusals.length < MAX_KEPT) report.refusals.push(refused);
  return refused;
}

/** Count the names of a row that a call log does not have. */
export function addIgnored(report: ImportReport, names: readonly string[]): void {
  for (const name of names) {
    const known = Object.hasOwn(report.ignored, name);
    if (known || Object.keys(report.ignored).length < MAX_KEPT)
      report.ignored[name] = (known ? report.ignored[name]! : 0) + 1;
  }
}

/** The report for people. */
export function reportText(report: ImportReport): string {
  const { read, imported, present, refused, refusals, ignored } = report;
  const names = Object.entries(ignored).map(([name, rows]) => `${name} (${rows})`);
  const refusedTable = tableText(refusals, {
    ROW: ({ row }) => String(row),
    LINE: ({ line }) => String(line ?? "-"),
    FIELD: ({ field }) => field || "-",
    REASON: ({ reason }) => reason,
  });
  return [
    `${imported} imported, ${present} there already, ${refused} refused, of ${read} rows`,
    ...(refused > 0 ? [refusedTable] : []),
    ...(refused > refusals.length
      ? [`and ${refused - refusals.length} more; --refusals FILE writes them all`]
      : []),
    ...(names.length > 0
      ? [`left out, a call log has no such properties: ${names.join(", ")}`]
      : []),
    ...(report.complete ? [] : [`stopped; go on with --from ${report.settledRow + 1}`]),
  ].join("\n");
}
