import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import type { Writable } from "node:stream";

import { CliError } from "../cli-error.ts";
import { reasonOf } from "../commands/options/json-option.ts";

/** Write a file that appears when all is written: a part of an export must not be taken for the whole. */
export async function writeAtomicFile(
  path: string,
  write: (sink: Writable) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const part = `${path}.part`;
  try {
    await write(createWriteStream(part, { mode: 0o600 }));
    if (!signal.aborted) return await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && "syscall" in error)
      throw new CliError(`--output: ${path} can't be written: ${reasonOf(error)}`, {
        cause: error,
      });
    throw error;
  }
  await rm(part, { force: true });
}
