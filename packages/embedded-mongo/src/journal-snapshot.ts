import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import { type JournalEntry, encodeEntry } from "./journal-entry.ts";
import { encodeFrame } from "./journal-frame.ts";

/** The name of the journal's file in its folder. */
export const JOURNAL_NAME = "journal.log";

/** The name under which a new journal is written before it takes the old one's place. */
export const NEXT_JOURNAL_NAME = "journal.next";

const FRAME_TARGET_BYTES = 1024 * 1024;
/** The mode of files that hold data. */
const OWNER_ONLY = 0o600;
const COPY_BYTES = 1024 * 1024;

/** What a rewrite of the journal begins with. */
export interface SnapshotStart {
  readonly folder: string;
  /** The state, as entries. */
  readonly entries: readonly JournalEntry[];
  /** Where in the old journal the changes begin that the state may lack. */
  readonly tailStart: number;
}

/** A rewrite under way: first the state is written aside, then it takes the journal's place. */
export interface JournalSwap {
  readonly state: "writing" | "written" | "failed";
  /** Adds the old journal's tail and renames; `undefined` if the rewrite failed and the old one stays. */
  finish(
    old: FileHandle,
    oldSize: number,
  ): Promise<{ handle: FileHandle; size: number } | undefined>;
  abandon(): Promise<void>;
}

/** Starts to write the state to a new file, beside the journal that goes on. */
export function startSnapshot(start: SnapshotStart): JournalSwap {
  let state: JournalSwap["state"] = "writing";
  let target: SnapshotFile | undefined;
  const path = join(start.folder, NEXT_JOURNAL_NAME);
  const writing = writeSnapshot(path, start.entries, (file) => (target = file)).then(
    () => (state = "written"),
    () => (state = "failed"),
  );
  const abandon = async (): Promise<void> => {
    await writing;
    await target?.handle.close();
    await rm(path, { force: true });
  };
  return {
    get state() {
      return state;
    },
    abandon,
    async finish(old, oldSize) {
      await writing;
      if (state === "failed" || target === undefined) {
        await abandon();
        return undefined;
      }
      try {
        await copyTail({ old, from: start.tailStart, to: oldSize }, target);
        await target.handle.sync();
        await rename(path, join(start.folder, JOURNAL_NAME));
      } catch {
        // Nothing is lost: until the rename the old journal is the journal.
        await abandon();
        return undefined;
      }
      await syncFolder(start.folder);
      return target;
    },
  };
}

interface SnapshotFile {
  readonly handle: FileHandle;
  size: number;
}

async function writeSnapshot(
  path: string,
  entries: readonly JournalEntry[],
  onOpen: (file: SnapshotFile) => void,
): Promise<void> {
  const file: SnapshotFile = { handle: await open(path, "w+", OWNER_ONLY), size: 0 };
  onOpen(file);
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const part = encodeEntry(entry);
    parts.push(part);
    bytes += part.length;
    if (bytes < FRAME_TARGET_BYTES) continue;
    await appendTo(file, encodeFrame(parts));
    parts = [];
    bytes = 0;
  }
  if (parts.length > 0) await appendTo(file, encodeFrame(parts));
  await file.handle.sync();
}

async function appendTo(file: SnapshotFile, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const part = await file.handle.write(
      bytes,
      written,
      bytes.length - written,
      file.size + written,
    );
    written += part.bytesWritten;
  }
  file.size += bytes.length;
}

async function copyTail(
  tail: { old: FileHandle; from: number; to: number },
  target: SnapshotFile,
): Promise<void> {
  const buffer = Buffer.alloc(COPY_BYTES);
  let position = tail.from;
  while (position < tail.to) {
    const wanted = Math.min(buffer.length, tail.to - position);
    const { bytesRead } = await tail.old.read(buffer, 0, wanted, position);
    if (bytesRead === 0) throw new Error("journal became shorter while it was copied");
    await appendTo(target, buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

/** Creates an empty journal in a folder that has none. */
export async function createJournal(folder: string): Promise<void> {
  const path = join(folder, NEXT_JOURNAL_NAME);
  const handle = await open(path, "w", OWNER_ONLY);
  await handle.sync();
  await handle.close();
  await rename(path, join(folder, JOURNAL_NAME));
  await syncFolder(folder);
}

/** Makes a rename in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
