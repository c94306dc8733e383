import { statfs } from "node:fs/promises";

import { CommandError } from "./errors.ts";

/** ENOSPC, EDQUOT on Linux and on macOS, MDB_MAP_FULL. */
const NO_ROOM = new Set([28, 122, 69, -30792]);
/** LMDB reports a write that was cut short, as by a full disk, as an input or output error. */
const EIO = 5;
const FULL_BELOW_BYTES = 1024 * 1024;

/** Returns how a client is told that its change could not be kept. */
export async function writeRefusal(error: unknown, folder: string): Promise<CommandError> {
  const cause = await causeOf(error);
  if (cause instanceof CommandError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (await isFull(cause, folder))
    return new CommandError(
      "OutOfDiskSpace",
      `the disk is full, the change was not kept: ${message}`,
    );
  return new CommandError("InternalError", `the change was not kept: ${message}`);
}

// The reason of a failed commit comes as a promise of its own.
async function causeOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { commitError?: Promise<unknown> };
  if (commitError === undefined) return error;
  return commitError.then(
    () => error,
    (cause: unknown) => cause,
  );
}

async function isFull(error: unknown, folder: string): Promise<boolean> {
  const { code } = error as { code?: unknown };
  if (typeof code !== "number") return false;
  return NO_ROOM.has(code) || (code === EIO && (await freeBytes(folder)) < FULL_BELOW_BYTES);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
