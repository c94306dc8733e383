import { lstat, readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { CliError } from "../cli-error.ts";
import type { CliSettings } from "../config.ts";

/** Names in `DATA_DIR` that a backup of the embedded database has, too. */
export const EMBEDDED = { folder: "mongo", data: "mongo/data.mdb", mark: "installation.json" };
/** Name of its database. */
export const DATABASE = "call-log";

const BY_TOOLS = "back it up by MongoDB's own tools: docs/guides/backup.md";

/** `DATA_DIR`, where the embedded database keeps the record. An error says what to do about another database. */
export async function embeddedFolder({ MONGODB_URI, DATA_DIR }: CliSettings): Promise<string> {
  if (MONGODB_URI !== undefined) throw new CliError(`MONGODB_URI names the database; ${BY_TOOLS}`);
  if (await exists(path.join(DATA_DIR, "mongod")))
    throw new CliError(`DATA_DIR: a mongod keeps the record in ${DATA_DIR}; ${BY_TOOLS}`);
  if (!(await exists(path.join(DATA_DIR, EMBEDDED.data))))
    throw new CliError(`DATA_DIR: ${DATA_DIR} has no embedded database`);
  return DATA_DIR;
}

/** What is in a folder; nothing where it is missing. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new CliError(`${folder} can't be read: ${(error as NodeJS.ErrnoException).code}`, {
      cause: error,
    });
  }
}

/** The mark of the installation, or undefined before its first start was complete. */
export async function markOf(folder: string): Promise<string | undefined> {
  const file = path.join(folder, EMBEDDED.mark);
  return (await exists(file)) ? readFile(file, "utf8") : undefined;
}

/** Whether something is at this place. */
export async function exists(place: string): Promise<boolean> {
  return lstat(place).then(
    () => true,
    () => false,
  );
}
