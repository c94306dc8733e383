import { closeSync, openSync, readSync, statSync } from "node:fs";

import { DataDamagedError } from "./data-errors.ts";

/** Two pages describe the state; a file without them has never had data. */
export const LEAST_DATA_BYTES = 8192;

const MAGIC = 0xbeefc0de;
const VERSION = 2;
/** Where the description of a state has what, in bytes from the beginning of its page. */
const AT = { magic: 24, version: 28, pageSize: 48, lastPage: 144, transaction: 152, end: 160 };

/**
 * Refuses a file that is not LMDB's, or is shorter than its newest state says: LMDB would end the process on the first,
 * and the system on reading a page that is not there.
 */
export function assertWholeFile(path: string): void {
  const { size } = statSync(path);
  if (size < LEAST_DATA_BYTES) return;
  const file = openSync(path, "r");
  try {
    const first = readState(file, 0);
    const states = [first, first && readState(file, first.pageSize)];
    const known = states.filter((state) => state !== undefined);
    if (known.length < states.length)
      throw damaged(path, "is damaged: it does not begin as a database does");
    const newest = known.reduce((a, b) => (a.transaction >= b.transaction ? a : b));
    if (size < newest.bytes) throw damaged(path, `is cut off after ${size} bytes`);
  } finally {
    closeSync(file);
  }
}

function damaged(path: string, what: string): DataDamagedError {
  return new DataDamagedError(`database ${path} ${what}; restore the folder from a backup`);
}

interface FileState {
  readonly pageSize: number;
  readonly transaction: bigint;
  /** The bytes that the file must have. */
  readonly bytes: number;
}

function readState(file: number, start: number): FileState | undefined {
  const page = Buffer.alloc(AT.end);
  if (readSync(file, page, 0, page.length, start) < page.length) return undefined;
  if (page.readUInt32LE(AT.magic) !== MAGIC) return undefined;
  if (page.readUInt32LE(AT.version) !== VERSION) return undefined;
  const pageSize = page.readUInt32LE(AT.pageSize);
  const lastPage = Number(page.readBigUInt64LE(AT.lastPage));
  const transaction = page.readBigUInt64LE(AT.transaction);
  return { pageSize, transaction, bytes: (lastPage + 1) * pageSize };
}
