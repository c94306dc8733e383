import { chmod, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { open } from "lmdb";

import { DataMissingError } from "./data-errors.ts";
import { LEAST_DATA_BYTES } from "./data-file.ts";
import { DATA_NAME } from "./storage.ts";

/**
 * Copies the data of a folder into another one, as they are at one moment, also while a server runs on the folder. The copy has no
 * free pages, and its owner alone can read it. Rejects with a DataMissingError when the folder has no data.
 */
export async function copyDataFile(folder: string, target: string): Promise<void> {
  const path = join(folder, DATA_NAME);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size < LEAST_DATA_BYTES) throw new DataMissingError(path);
  await mkdir(target, { recursive: true, mode: 0o700 });
  const source = open({ path: folder, noSubdir: false, readOnly: true, maxReaders: 512 });
  try {
    await source.backup(target, true);
  } finally {
    await source.close();
  }
  await chmod(join(target, DATA_NAME), 0o600);
}
