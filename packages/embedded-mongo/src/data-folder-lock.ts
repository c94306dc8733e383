import { realpathSync } from "node:fs";
import { join } from "node:path";

import { type RootDatabase, open } from "lmdb";

import { createPrivateFile } from "./private-file.ts";

/** Another process uses the data folder. */
export class DataFolderInUseError extends Error {
  override readonly name = "DataFolderInUseError";

  constructor(folder: string, reason: string, options?: ErrorOptions) {
    super(`data folder ${folder} is in use: ${reason}`, options);
  }
}

/** A data folder that this process alone uses. */
export interface DataFolderLock {
  release(): Promise<void>;
}

const LOCK_NAME = "owner.mdb";
const LOCK_BYTES = 16 * 1024;
const OWNER_KEY = "pid";
const inThisProcess = new Set<string>();

/**
 * Locks a data folder until it is released or the process ends, in whatever way: LMDB marks each process that reads a
 * file by a lock of the system, so a mark that is left behind is known to be dead. The file holds nothing but its owner.
 */
export async function lockDataFolder(folder: string): Promise<DataFolderLock> {
  const place = realpathSync(folder);
  if (inThisProcess.has(place))
    throw new DataFolderInUseError(folder, "this process holds its lock");
  inThisProcess.add(place);
  const path = join(place, LOCK_NAME);
  createPrivateFile(path);
  createPrivateFile(`${path}-lock`, LOCK_BYTES);
  const file = open<number, string>({
    path,
    noSubdir: true,
    noSync: true,
    overlappingSync: false,
  });
  const release = async (): Promise<void> => {
    await file.close();
    inThisProcess.delete(place);
  };
  try {
    const mark = hold(file, folder);
    const owner = claim(file);
    if (owner !== process.pid)
      throw new DataFolderInUseError(folder, `process ${owner} holds its lock`);
    return {
      async release() {
        mark.done();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

// In another container there may be a process of this number, whose mark then stands in the way.
function hold(file: RootDatabase<number, string>, folder: string): { done(): void } {
  try {
    return file.useReadTransaction();
  } catch (cause) {
    throw new DataFolderInUseError(folder, "a process of another container holds its lock", {
      cause,
    });
  }
}

// Of several that start together, one is the first to run this transaction.
function claim(file: RootDatabase<number, string>): number {
  return file.transactionSync(() => {
    file.readerCheck();
    const owner = file.get(OWNER_KEY);
    if (owner !== undefined && owner !== process.pid && isListed(file.readerList(), owner))
      return owner;
    void file.put(OWNER_KEY, process.pid);
    return process.pid;
  });
}

// Each line begins with the number of a process.
function isListed(readers: string, pid: number): boolean {
  return readers.split("\n").some((line) => line.trim().split(/\s+/)[0] === String(pid));
}
