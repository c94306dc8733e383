import { readdir, stat } from "node:fs/promises";
import path from "node:path";

import type { DatabaseEngine } from "./choose-engine.ts";

/** Folder in `DATA_DIR` of each database that standalone starts. */
const FOLDERS = { embedded: "mongo", mongod: "mongod" } as const satisfies Record<
  DatabaseEngine,
  string
>;

/** Gives the size of the files of a database in `DATA_DIR`, in bytes on the disk; undefined for one elsewhere. */
export function databaseSize(
  dataDir: string,
  engine: DatabaseEngine | undefined,
): (() => Promise<number>) | undefined {
  return engine && (() => sizeOf(path.join(dataDir, FOLDERS[engine])));
}

/** Blocks of `stat`, in bytes. */
const BLOCK = 512;

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries.map(async (entry): Promise<number> => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sizeOf(file);
    // Files may be sparse.
    return entry.isFile() ? (await stat(file)).blocks * BLOCK : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
