import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";

import { CommandError } from "./errors.ts";
import { type JournalEntry, encodeEntry } from "./journal-entry.ts";
import { encodeFrame } from "./journal-frame.ts";
import { JOURNAL_NAME, type JournalSwap, startSnapshot } from "./journal-snapshot.ts";

/** Keeps changes; what is appended is durable once a commit that follows it is done. */
export interface Journal {
  /** Takes a change that memory already has, and how to take it back if it cannot be kept. */
  append(entry: JournalEntry, undo: () => void): void;
  /** Waits until all that was appended is durable; refuses if it could not be made so. */
  commit(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing; for servers whose data live in memory only. */
export const MEMORY_JOURNAL: Journal = {
  append: () => undefined,
  commit: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

interface Batch {
  readonly parts: Uint8Array[];
  readonly undos: (() => void)[];
  readonly waiters: { resolve: () => void; reject: (error: Error) => void }[];
}

/** What a journal on disk is made from. */
export interface JournalOptions {
  readonly folder: string;
  /** The bytes of the journal's file that are valid. */
  readonly size: number;
  /** Returns the whole state as entries; called while nothing else runs. */
  readonly snapshot: () => readonly JournalEntry[];
  /** Bytes beyond which the journal is rewritten, added to twice the size of the last rewrite. */
  readonly compactAfterBytes: number;
}

/** A journal in a file: batches of changes, each synced before its writers are answered. */
export class FileJournal implements Journal {
  readonly #options: JournalOptions;
  #handle: FileHandle;
  #size: number;
  #compactAt: number;
  #batch: Batch = newBatch();
  #flushing: Promise<void> | undefined;
  #swap: JournalSwap | undefined;
  #failure: CommandError | undefined;

  private constructor(handle: FileHandle, options: JournalOptions) {
    this.#handle = handle;
    this.#options = options;
    this.#size = options.size;
    this.#compactAt = options.compactAfterBytes + options.size;
  }

  /** Opens the journal of a folder and drops what follows its valid part. */
  static async open(options: JournalOptions): Promise<FileJournal> {
    const handle = await open(join(options.folder, JOURNAL_NAME), "r+");
    await handle.truncate(options.size);
    await handle.sync();
    return new FileJournal(handle, options);
  }

  append(entry: JournalEntry, undo: () => void): void {
    if (this.#failure !== undefined) {
      undo();
      throw this.#failure;
    }
    this.#batch.parts.push(encodeEntry(entry));
    this.#batch.undos.push(undo);
    this.#flushing ??= this.#flush();
  }

  async commit(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#flushing === undefined) return;
    await new Promise<void>((resolve, reject) => this.#batch.waiters.push({ resolve, reject }));
  }

  async close(): Promise<void> {
    await this.#flushing;
    await this.#swap?.abandon();
    await this.#handle.close();
  }

  async #flush(): Promise<void> {
    // Commands that arrive in the same turn of the event loop share one sync.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#batch.parts.length > 0 || this.#batch.waiters.length > 0) {
      const batch = this.#batch;
      this.#batch = newBatch();
      await this.#write(batch);
      try {
        await this.#compact();
      } catch (error) {
        // Which of two journals a crash would find is unknown now, so no further write is taken.
        this.#failure = toCommandError(error as NodeJS.ErrnoException);
      }
    }
    this.#flushing = undefined;
  }

  async #write(batch: Batch): Promise<void> {
    try {
      if (batch.parts.length > 0) await this.#writeFrame(encodeFrame(batch.parts));
      for (const waiter of batch.waiters) waiter.resolve();
    } catch (error) {
      await this.#refuse(batch, error as NodeJS.ErrnoException);
    }
  }

  async #writeFrame(frame: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    let written = 0;
    while (written < frame.length) {
      const part = await this.#handle.write(
        frame,
        written,
        frame.length - written,
        this.#size + written,
      );
      written += part.bytesWritten;
    }
    try {
      await this.#handle.datasync();
    } catch (error) {
      // After a failed sync the kernel may have dropped the pages: nothing in this file can be trusted to follow.
      this.#failure = toCommandError(error as NodeJS.ErrnoException);
      throw error;
    }
    this.#size += frame.length;
  }

  async #refuse(batch: Batch, error: NodeJS.ErrnoException): Promise<void> {
    const refusal = toCommandError(error);
    const later = this.#batch;
    this.#batch = newBatch();
    // Later changes may rest on the refused ones, so they go too, the last first.
    for (const undo of [...batch.undos, ...later.undos].toReversed()) undo();
    const swap = this.#swap;
    this.#swap = undefined;
    try {
      await swap?.abandon();
      await this.#handle.truncate(this.#size);
      await this.#handle.datasync();
    } catch (truncateError) {
      this.#failure ??= toCommandError(truncateError as NodeJS.ErrnoException);
    }
    for (const waiter of [...batch.waiters, ...later.waiters]) waiter.reject(refusal);
  }

  async #compact(): Promise<void> {
    if (this.#swap === undefined) {
      if (this.#size < this.#compactAt || this.#failure !== undefined) return;
      this.#swap = startSnapshot({
        folder: this.#options.folder,
        entries: this.#options.snapshot(),
        tailStart: this.#size,
      });
      return;
    }
    if (this.#swap.state === "writing") return;
    await this.#finishSwap(this.#swap);
  }

  async #finishSwap(swap: JournalSwap): Promise<void> {
    this.#swap = undefined;
    const replaced = await swap.finish(this.#handle, this.#size);
    if (replaced === undefined) {
      // The old journal goes on; the next try comes when it has grown as much again.
      this.#compactAt = this.#size + this.#options.compactAfterBytes;
      return;
    }
    const old = this.#handle;
    this.#handle = replaced.handle;
    this.#size = replaced.size;
    this.#compactAt = this.#options.compactAfterBytes + 2 * replaced.size;
    await old.close();
  }
}

function newBatch(): Batch {
  return { parts: [], undos: [], waiters: [] };
}

function toCommandError(error: NodeJS.ErrnoException): CommandError {
  const kind =
    error.code === "ENOSPC" || error.code === "EDQUOT" ? "OutOfDiskSpace" : "InternalError";
  return new CommandError(kind, `the journal could not be written: ${error.message}`);
}
