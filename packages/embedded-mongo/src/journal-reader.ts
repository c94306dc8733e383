import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { FRAME_MAGIC, frameAt } from "./journal-frame.ts";

const CHUNK_BYTES = 8 * 1024 * 1024;

/** The journal is damaged before its end, so acknowledged writes would be lost by going on. */
export class JournalCorruptError extends Error {
  override readonly name = "JournalCorruptError";

  constructor(path: string, offset: number) {
    super(
      `journal ${path} is damaged at byte ${offset} and has valid frames after it; restore the folder from a backup`,
    );
  }
}

/** The journal has no data although it must have some. */
export class JournalEmptyError extends Error {
  override readonly name = "JournalEmptyError";

  constructor(path: string) {
    super(`journal ${path} is missing or empty`);
  }
}

/** How far a journal could be read. */
export interface JournalExtent {
  /** Where the last whole frame ends. */
  readonly validBytes: number;
  /** Bytes after it, of a write that was cut off before it was acknowledged. */
  readonly tornBytes: number;
}

/** Reads the frames of a journal in order; refuses damage that is not a torn end. */
export function readJournal(path: string, onPayload: (payload: Buffer) => void): JournalExtent {
  const file = openSync(path, "r");
  try {
    return readFrames({ path, file, size: fstatSync(file).size }, onPayload);
  } finally {
    closeSync(file);
  }
}

interface JournalFile {
  readonly path: string;
  readonly file: number;
  readonly size: number;
}

function readFrames(journal: JournalFile, onPayload: (payload: Buffer) => void): JournalExtent {
  let start = 0;
  let buffer = readSpan(journal, 0, CHUNK_BYTES);
  let offset = 0;
  while (start + offset < journal.size) {
    const found = frameAt(buffer, offset);
    if (found.kind === "frame") {
      onPayload(found.payload);
      offset += found.size;
    } else if (found.kind === "short" && start + offset + found.size <= journal.size) {
      start += offset;
      buffer = readSpan(journal, start, Math.max(CHUNK_BYTES, found.size));
      offset = 0;
    } else {
      assertNothingFollows(journal, start + offset);
      break;
    }
  }
  const validBytes = Math.min(start + offset, journal.size);
  return { validBytes, tornBytes: journal.size - validBytes };
}

function readSpan({ file, size }: JournalFile, start: number, length: number): Buffer {
  const buffer = Buffer.alloc(Math.min(length, size - start));
  let filled = 0;
  while (filled < buffer.length) {
    const count = readSync(file, buffer, filled, buffer.length - filled, start + filled);
    if (count === 0) throw new Error("journal became shorter while it was read");
    filled += count;
  }
  return buffer;
}

// A batch is one frame and is synced before the next is written, so a torn write is the last frame.
function assertNothingFollows(journal: JournalFile, offset: number): void {
  const rest = readSpan(journal, offset, journal.size - offset);
  for (let at = rest.indexOf(FRAME_MAGIC, 1); at >= 0; at = rest.indexOf(FRAME_MAGIC, at + 1)) {
    if (frameAt(rest, at).kind === "frame") throw new JournalCorruptError(journal.path, offset);
  }
}
