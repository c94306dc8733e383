import { printable } from "./terminal.ts";

/** Columns of a table by their headings; each cell as text. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string>>;

/** Rows under headings, in columns as wide as their longest text; or a text when there are none. */
export function tableText<Row>(
  rows: readonly Row[],
  columns: Columns<Row>,
  whenEmpty = "(none)",
): string {
  if (rows.length === 0) return whenEmpty;
  const cells = Object.values(columns);
  const lines = [
    Object.keys(columns),
    ...rows.map((row) => cells.map((cell) => printable(cell(row)))),
  ];
  const widths = cells.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A time as tables show it: UTC, to the second. */
export function shownTime(time: Date | string | null | undefined): string {
  return time ? `${new Date(time).toISOString().slice(0, 19).replace("T", " ")}Z` : "-";
}
