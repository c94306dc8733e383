import type { Readable, Writable } from "node:stream";

/** What surrounds a command: its streams, its environment, and whether somebody wants it to stop. */
export interface Terminal {
  stdin: Readable;
  /** Results alone. */
  stdout: Writable;
  /** Messages and progress; a bar is drawn where it is a terminal. */
  stderr: Writable & { isTTY?: boolean };
  environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user asks to stop. */
  signal: AbortSignal;
}

// Everything that steers a terminal, line breaks included: values come from callers.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A text as it may be shown in one line of a terminal. */
export function printable(text: string): string {
  return text.replace(CONTROL, " ");
}
