/** One row of a file, by its number from 1 and, where the file has one row a line, the line that it begins on. */
export interface SourceRow {
  number: number;
  line?: number;
  /** The row as the file has it, or why it can't be read and, where it is one, the property at fault. */
  content: { value: unknown } | { unreadable: string; field?: string };
}
