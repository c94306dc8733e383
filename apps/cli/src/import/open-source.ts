import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";

import { CliError } from "../cli-error.ts";
import { reasonOf } from "../json-option.ts";
import type { Terminal } from "../terminal.ts";

/** A file that is being read. */
export interface Source {
  stream: Readable;
  /** How its text begins. */
  head: string;
  /** Undefined for standard input. */
  sizeBytes: number | undefined;
}

/** Open a file, or standard input for `-`; `onRead` is told how many bytes were read so far. */
export async function openSource(
  file: string,
  { stdin }: Terminal,
  onRead: (bytes: number) => void,
): Promise<Source> {
  const input = file === "-" ? stdin : createReadStream(file);
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer | string, undefined>;
  try {
    const first = await chunks.next();
    const head = first.done ? "" : first.value.toString().slice(0, 4096);
    const sizeBytes = file === "-" ? undefined : (await stat(file)).size;
    return {
      stream: Readable.from(counted(first, chunks, onRead), { objectMode: false }),
      head,
      sizeBytes,
    };
  } catch (error) {
    throw new CliError(`FILE: ${file} can't be read: ${reasonOf(error)}`, { cause: error });
  }
}

async function* counted(
  first: IteratorResult<Buffer | string, undefined>,
  others: AsyncIterator<Buffer | string, undefined>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer | string> {
  let bytes = 0;
  for (let chunk = first; !chunk.done; chunk = await others.next()) {
    bytes += Buffer.byteLength(chunk.value);
    onRead(bytes);
    yield chunk.value;
  }
}
