import { section } from "../markdown.ts";

/** A table of a page that is written from the code. */
export interface GeneratedTable {
  page: string;
  /** Heading of its section; the page's first table without one. */
  heading?: string;
  /** Its rows as Markdown cells; `present` are those of the page, for columns and words that people wrote. */
  rows(present: readonly string[][]): string[][];
}

/** A cell of code; texts such as – and "none" stand as they are. */
export function code(text: string): string {
  return text === "" || PLAIN.has(text) ? text : `\`${text}\``;
}

const PLAIN = new Set(["–", "none", "required"]);

/** A cell for a boolean. */
export function yesOrNo(value: boolean): string {
  return value ? "yes" : "no";
}

/** The rows that a page has, as Markdown cells. */
export function presentRows(
  text: string,
  { heading }: Pick<GeneratedTable, "heading">,
): string[][] {
  const { lines, start, end } = tableIn(text, heading);
  return lines.slice(start + 2, end).map(cellsOf);
}

/** The page with its table written again. */
export function withTable(text: string, table: GeneratedTable): string {
  const { lines, start, end } = tableIn(text, table.heading);
  const rows = table.rows(presentRows(text, table));
  const written = aligned([cellsOf(lines[start]!), ...rows]);
  return [...lines.slice(0, start), ...written, ...lines.slice(end)].join("\n");
}

function tableIn(text: string, heading: string | undefined) {
  const lines = text.split("\n");
  const part = heading === undefined ? text : section(text, heading);
  const first = part.split("\n").find((line) => line.startsWith("|"));
  if (first === undefined) throw new Error(`there is no table under "${heading}"`);
  const from =
    heading === undefined ? 0 : lines.findIndex((line) => line.replace(/^#+ /, "") === heading);
  const start = lines.indexOf(first, from);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return { lines, start, end: end < 0 ? lines.length : end };
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function aligned([head = [], ...rows]: string[][]): string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)),
  );
  const lineOf = (cells: string[], fill = " ") =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(" | ")} |`;
  return [
    lineOf(head),
    lineOf(
      head.map(() => ""),
      "-",
    ),
    ...rows.map((row) => lineOf(row)),
  ];
}
