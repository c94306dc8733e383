import { closeSync, fdatasync, fstatSync, mkdirSync, openSync, readSync, write } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

const [writeText, syncData] = [promisify(write), promisify(fdatasync)];

/** A file of lines that several processes append to and read. */
export interface LedgerFile {
  /** Add a line; resolves when it is on disk. Lines that wait together are written together. */
  append(line: string): Promise<void>;
  /** Complete lines added by anybody since the last time. */
  readNew(): string[];
  /** Waits for what is being written. */
  close(): Promise<void>;
}

interface WaitingLine {
  line: string;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/** Opens the file, makes it where it is missing, readable by its owner only. */
export function openLedgerFile(path: string): LedgerFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const descriptor = openSync(path, "a+", 0o600);
  let waiting: WaitingLine[] = [];
  let writing = false;
  let written = Promise.resolve();
  let closed = false;
  const readLines = createLineReader(descriptor);
  // The system gives a closed file's number to the next file that is opened.
  const refuseWhenClosed = () => {
    if (closed) throw new Error("the simulated carrier is closed");
  };

  async function writeWaiting(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await writeLines(
          descriptor,
          batch.map(({ line }) => line),
        );
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = false;
  }

  return {
    append: (line) =>
      new Promise((resolve, reject) => {
        refuseWhenClosed();
        waiting.push({ line, resolve, reject });
        if (!writing) written = writeWaiting();
      }),
    readNew: () => {
      refuseWhenClosed();
      return readLines();
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await written;
      closeSync(descriptor);
    },
  };
}

async function writeLines(descriptor: number, lines: readonly string[]): Promise<void> {
  // The leading break keeps a line that another process left torn from spoiling ours.
  const bytes = Buffer.from(`\n${lines.join("\n")}\n`);
  const { bytesWritten } = await writeText(descriptor, bytes);
  if (bytesWritten < bytes.length) throw new Error("the ledger could not be written whole");
  await syncData(descriptor);
}

/** Reads on from where it stopped, up to the last complete line. Synchronous: what is new lies in the page cache. */
function createLineReader(descriptor: number): () => string[] {
  let position = 0;
  return () => {
    const { size } = fstatSync(descriptor);
    if (size <= position) return [];
    const bytes = Buffer.alloc(size - position);
    const complete = bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, position));
    const end = complete.lastIndexOf("\n") + 1;
    position += end;
    return complete
      .toString("utf8", 0, end)
      .split("\n")
      .filter((line) => line !== "");
  };
}
