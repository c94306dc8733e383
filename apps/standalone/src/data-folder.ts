import { randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { STANDALONE_FILE } from "@call-log/model";

import type { DatabaseEngine } from "./choose-engine.ts";
import { FIRST_KEY_FILE } from "./first-key.ts";

/** Names in `DATA_DIR` that are ours; what else is there is left as it is. */
const LEDGER_FOLDER = "simulated-carrier";
const MARKER = "installation.json";
const OURS = ["mongo", "mongod", "redis", LEDGER_FOLDER, STANDALONE_FILE, FIRST_KEY_FILE, MARKER];
const [FOLDER_MODE, FILE_MODE, STICKY] = [0o700, 0o600, 0o1000];

/** Make `DATA_DIR` where it is missing, and see that its owner alone can read and enter what is ours in it. */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: FOLDER_MODE });
  const { uid, mode } = await stat(dataDir);
  // A folder that many users share, such as /tmp, stays as it is.
  if (uid === process.getuid?.() && (mode & STICKY) === 0) await chmod(dataDir, FOLDER_MODE);
  for (const name of OURS) await closeToOthers(path.join(dataDir, name));
}

async function closeToOthers(place: string): Promise<void> {
  const found = await existing(place);
  // The modes of what belongs to another user, and of what a link leads to, are not ours to change.
  if (found === undefined || found.uid !== process.getuid?.()) return;
  if (found.isFile()) await unlessGone(chmod(place, FILE_MODE));
  if (!found.isDirectory()) return;
  await chmod(place, FOLDER_MODE);
  for (const name of await readdir(place)) await closeToOthers(path.join(place, name));
}

/**
 * The database that holds the installation in `DATA_DIR`: the one that its mark names, which an earlier release left out. A release that did
 * not mark the folder yet had an installation in it once the simulated provider had placed calls. Undefined where there is none.
 */
export async function heldDatabase(dataDir: string): Promise<DatabaseEngine | undefined> {
  const marker = path.join(dataDir, MARKER);
  if ((await existing(marker)) !== undefined)
    return /"database": "mongod"/.test(await readFile(marker, "utf8")) ? "mongod" : "embedded";
  const mongo = await existing(path.join(dataDir, "mongo"));
  const ledger = await existing(path.join(dataDir, LEDGER_FOLDER, "ledger.jsonl"));
  return mongo !== undefined && ledger !== undefined && ledger.size > 0 ? "embedded" : undefined;
}

/** Mark `DATA_DIR` as the folder of an installation; call it once the database has data. */
export async function markInstallation(dataDir: string, database: DatabaseEngine): Promise<void> {
  const marker = path.join(dataDir, MARKER);
  if ((await existing(marker)) !== undefined) return;
  const installation = { id: randomUUID(), createdAt: new Date().toISOString(), database };
  const options = { mode: FILE_MODE, flush: true };
  const text = `${JSON.stringify(installation, null, 2)}\n`;
  await writeFile(`${marker}.new`, text, options);
  // At once, so that a crash leaves no half of it.
  await rename(`${marker}.new`, marker);
}

function existing(place: string) {
  return unlessGone(lstat(place));
}

// Another process that has the folder in use, and is found out later, may remove a file meanwhile.
async function unlessGone<T>(act: Promise<T>): Promise<T | undefined> {
  try {
    return await act;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
