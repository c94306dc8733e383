import { rm, writeFile } from "node:fs/promises";
import path from "node:path";

import type { Bootstrap } from "./bootstrap.ts";

/** Name of the file in `DATA_DIR` that has the first key where it is not printed. */
export const FIRST_KEY_FILE = "first-api-key";

/** A start as it may be printed. */
export interface PrintedBootstrap extends Bootstrap {
  /** Where the new key is, if it is not printed. */
  keyFile?: string;
}

/**
 * True if what a process prints goes to systemd's journal, which keeps it. `journalStream` is what systemd sets as JOURNAL_STREAM,
 * and the other is the state of standard output: a shell that was started from a unit inherits the variable, but prints elsewhere.
 */
export function isJournal(
  journalStream: string | undefined,
  { dev, ino }: { dev: number; ino: number },
): boolean {
  return journalStream === `${dev}:${ino}`;
}

/** Take a new key out of what is printed, into a file that its owner alone can read. */
export async function keepKeyInFile(owner: Bootstrap, dataDir: string): Promise<PrintedBootstrap> {
  const { newKey, ...printed } = owner;
  if (newKey === undefined) return printed;
  const keyFile = path.join(dataDir, FIRST_KEY_FILE);
  // The mode counts for a file that is made.
  await rm(keyFile, { force: true });
  await writeFile(keyFile, `${newKey}\n`, { mode: 0o600, flush: true });
  return { ...printed, keyFile };
}
