import { mkdir, mkdtemp, rm, stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { assertFormat, readCatalog, readFormat, writeFormat } from "./catalog-rows.ts";
import { DataDamagedError, DataMissingError } from "./data-errors.ts";
import { LEAST_DATA_BYTES } from "./data-file.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import { moveJournal } from "./move-journal.ts";
import { assertNoOldProcess, journalBytes, oldJournalIn, removeOldFiles } from "./old-journal.ts";
import { DATA_NAME, Storage } from "./storage.ts";

/** What a new database takes. */
const LEAST_FREE_BYTES = 1024 * 1024;

/** A storage that is open, and how it is closed. */
export interface OpenStorage {
  readonly storage: Storage;
  readonly close: () => Promise<void>;
}

/** Opens the storage of a folder, which this process then alone uses. */
export async function openStorage(folder: string, mustHaveData: boolean): Promise<OpenStorage> {
  const path = join(folder, DATA_NAME);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (mustHaveData) await assertData(folder, path);
  await assertRoom(folder);
  const lock = await lockDataFolder(folder);
  try {
    assertNoOldProcess(folder);
    if ((await sizeOf(path)) < LEAST_DATA_BYTES) await rm(path, { force: true });
    const storage = Storage.open({ folder, durable: true });
    const close = async (): Promise<void> => {
      await storage.close();
      await lock.release();
    };
    try {
      await prepare(storage, { folder, path, mustHaveData });
    } catch (error) {
      await storage.close();
      throw error;
    }
    return { storage, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

// Beyond this point the system may end a process for which a full disk has no room.
async function assertRoom(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= LEAST_FREE_BYTES) return;
  throw Object.assign(new Error(`ENOSPC: no space left on device, ${folder}`), { code: "ENOSPC" });
}

async function assertData(folder: string, path: string): Promise<void> {
  const journal = oldJournalIn(folder);
  if ((await sizeOf(path)) >= LEAST_DATA_BYTES) return;
  if (journal === undefined || (await journalBytes(journal)) === 0)
    throw new DataMissingError(path);
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}

interface Place {
  readonly folder: string;
  readonly path: string;
  readonly mustHaveData: boolean;
}

async function prepare(storage: Storage, { folder, path, mustHaveData }: Place): Promise<void> {
  const format = readFormat(storage.catalog);
  const journal = oldJournalIn(folder);
  if (format !== undefined) assertFormat(format);
  if (format === undefined && journal !== undefined) await moveJournal(storage, journal);
  else if (format === undefined) storage.transactNow(() => writeFormat(storage.catalog));
  else if (journal !== undefined && (await journalBytes(journal)) !== format.movedBytes)
    throw new DataDamagedError(
      `${folder} has a database and, beside it, ${journal} of an earlier release that was started on it since; move one of the two away`,
    );
  if (mustHaveData && readCatalog(storage.catalog).collections.size === 0)
    throw new DataMissingError(path);
  await removeOldFiles(folder);
}

/** Opens a storage that ends with the process, and waits for no disk. */
export async function openTemporaryStorage(): Promise<OpenStorage> {
  const folder = await mkdtemp(join(tmpdir(), "embedded-mongo-"));
  try {
    const storage = Storage.open({ folder, durable: false });
    return { storage, close: () => storage.close() };
  } finally {
    // Files that are open stay until they are closed, in whatever way the process ends.
    await rm(folder, { recursive: true, force: true });
  }
}
