import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

import type { Document } from "bson";

import { decode } from "./bson-bytes.ts";
import { toNumber } from "./bson-number.ts";
import { DataDamagedError } from "./data-errors.ts";
import { DataFolderInUseError } from "./data-folder-lock.ts";

/** One change of the data, as releases before LMDB kept it. */
export type JournalEntry =
  | {
      readonly op: "put";
      readonly namespace: string;
      readonly record: number;
      readonly bytes: Buffer;
    }
  | { readonly op: "delete"; readonly namespace: string; readonly record: number }
  | { readonly op: "create" | "drop"; readonly namespace: string }
  | { readonly op: "createIndex"; readonly namespace: string; readonly spec: Document }
  | { readonly op: "dropIndex"; readonly namespace: string; readonly name: string };

const JOURNAL_NAME = "journal.log";
/** What releases before LMDB leave in a folder. */
const OLD_FILES = [JOURNAL_NAME, "journal.next", "lock"];
const FRAME_MAGIC = Buffer.from("CLJ1");
/** Magic, length and checksum. */
const FRAME_HEADER_BYTES = 12;
const MAX_FRAME_BYTES = 1024 * 1024 * 1024;

/** Returns the path of the journal of a folder, if it has one. */
export function oldJournalIn(folder: string): string | undefined {
  const path = join(folder, JOURNAL_NAME);
  return existsSync(path) ? path : undefined;
}

/** Returns how many bytes a journal has. */
export async function journalBytes(path: string): Promise<number> {
  return (await stat(path)).size;
}

/** Removes the files of releases before LMDB. */
export async function removeOldFiles(folder: string): Promise<void> {
  for (const name of OLD_FILES) await rm(join(folder, name), { force: true });
}

/** Refuses a folder on which a process of a release before LMDB still works. */
export function assertNoOldProcess(folder: string): void {
  const path = join(folder, "lock");
  if (!existsSync(path)) return;
  const { pid, start } = JSON.parse(readFileSync(path, "utf8")) as { pid: number; start: string };
  if (startOf(pid) === start)
    throw new DataFolderInUseError(folder, `process ${pid} holds its lock`);
}

// Field 22 of /proc/<pid>/stat tells one process from a later one of the same number.
function startOf(pid: number): string | undefined {
  const path = `/proc/${pid}/stat`;
  if (!existsSync(path)) return undefined;
  const line = readFileSync(path, "utf8");
  return line.slice(line.lastIndexOf(")") + 2).split(" ")[19];
}

/** Reads the entries of a journal in order; a torn end is left out, since nobody was told of it. */
export function* readOldJournal(path: string): Generator<JournalEntry> {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    let offset = 0;
    while (offset < size) {
      const payload = readFrame(file, offset, size);
      if (payload === undefined) {
        assertNothingFollows(file, path, { offset, size });
        return;
      }
      yield* decodeEntries(payload);
      offset += FRAME_HEADER_BYTES + payload.length;
    }
  } finally {
    closeSync(file);
  }
}

function readFrame(file: number, offset: number, size: number): Buffer | undefined {
  const header = readSpan(file, offset, Math.min(FRAME_HEADER_BYTES, size - offset));
  if (header.length < FRAME_HEADER_BYTES || header.compare(FRAME_MAGIC, 0, 4, 0, 4) !== 0)
    return undefined;
  const length = header.readUInt32LE(4);
  const from = offset + FRAME_HEADER_BYTES;
  if (length > MAX_FRAME_BYTES || from + length > size) return undefined;
  const payload = readSpan(file, from, length);
  const checksum = crc32(payload, crc32(header.subarray(4, 8)));
  return checksum === header.readUInt32LE(8) ? payload : undefined;
}

function readSpan(file: number, start: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const count = readSync(file, buffer, filled, length - filled, start + filled);
    if (count === 0) throw new Error("journal became shorter while it was read");
    filled += count;
  }
  return buffer;
}

// A frame was synced before the next was written, so a torn one is the last: any other damage loses data.
function assertNothingFollows(
  file: number,
  path: string,
  { offset, size }: { offset: number; size: number },
): void {
  const rest = readSpan(file, offset, size - offset);
  for (let at = rest.indexOf(FRAME_MAGIC, 1); at >= 0; at = rest.indexOf(FRAME_MAGIC, at + 1)) {
    if (readFrame(file, offset + at, size) !== undefined)
      throw new DataDamagedError(
        `journal ${path} is damaged at byte ${offset} and has valid frames after it; restore the folder from a backup`,
      );
  }
}

function* decodeEntries(payload: Buffer): Generator<JournalEntry> {
  let offset = 0;
  while (offset < payload.length) {
    const head = slice(payload, offset);
    offset += head.length;
    const fields = decode(head);
    if (fields["op"] !== "put") {
      yield toEntry(fields);
      continue;
    }
    // The document follows its head.
    const bytes = slice(payload, offset);
    offset += bytes.length;
    yield { op: "put", namespace: fields["ns"] as string, record: recordOf(fields), bytes };
  }
}

function slice(payload: Buffer, offset: number): Buffer {
  return payload.subarray(offset, offset + payload.readInt32LE(offset));
}

function recordOf(fields: Document): number {
  return toNumber(fields["record"]) ?? 0;
}

function toEntry(fields: Document): JournalEntry {
  const namespace = fields["ns"] as string;
  switch (fields["op"]) {
    case "delete":
      return { op: "delete", namespace, record: recordOf(fields) };
    case "create":
    case "drop":
      return { op: fields["op"], namespace };
    case "createIndex":
      return { op: "createIndex", namespace, spec: fields["spec"] as Document };
    case "dropIndex":
      return { op: "dropIndex", namespace, name: fields["name"] as string };
    default:
      throw new Error(`journal holds an entry of an unknown kind: ${String(fields["op"])}`);
  }
}
