/** A table of a report; numbers are shown with three significant digits. */
export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}

/** A table in Markdown, under its title. */
export function tableText({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    `**${title}**`,
    "",
    line(columns),
    line(columns.map((_column, index) => (index === 0 ? "---" : "--:"))),
    ...rows.map((row) => line(row.map(cellText))),
  ].join("\n");
}

/** A number with three significant digits, thousands kept whole; a dash for what was not measured. */
export function cellText(cell: string | number): string {
  if (typeof cell === "string") return cell;
  if (!Number.isFinite(cell)) return "—";
  if (Math.abs(cell) >= 100) return Math.round(cell).toLocaleString("en-US");
  return Number(cell.toPrecision(3)).toString();
}
