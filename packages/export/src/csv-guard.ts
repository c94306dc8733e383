// Behind any apostrophes: nothing at all, what spreadsheets take for the start of a formula (OWASP, CSV Injection; full-width forms
// too), or what they take for a number or a date and would rewrite.
const GUARDED = /^'*(?:$|[=+\-@\t\r\n＝＋－＠]|[\d\s().,/-]+(?:[eE][+-]?\d+)?$)/;

/** A text as a cell of CSV: an apostrophe goes before one that a spreadsheet would change or run, and before an empty one. */
export function guardedCell(text: string): string {
  return GUARDED.test(text) ? `'${text}` : text;
}

/** The text as it was before `guardedCell`. */
export function unguardedCell(cell: string): string {
  return isGuardedCell(cell) ? cell.slice(1) : cell;
}

/** True for a cell that holds a text exactly as it was. */
export function isGuardedCell(cell: string): boolean {
  return cell.startsWith("'") && GUARDED.test(cell);
}
