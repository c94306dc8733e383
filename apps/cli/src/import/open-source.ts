import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";

import { CliError } from "../cli-error.ts";
import { reasonOf } from "../commands/options/json-option.ts";
import type { Terminal } from "../output/terminal.ts";
import { decoded, type Encoding, encodingOf } from "./encoding.ts";

/** Bytes read ahead to detect the format; the heading must end within them. */
const HEAD_BYTES = 16_384;

/** A file that is being read. */
export interface Source {
  /** Its text as UTF-8, without a byte order mark. */
  stream: Readable;
  /** How its text begins. */
  head: string;
  /** Undefined for standard input. */
  sizeBytes: number | undefined;
}

/** Where a file is, its encoding when given, and a callback for the number of bytes read so far. */
export interface SourceRequest {
  file: string;
  encoding: Encoding | undefined;
  onRead: (bytes: number) => void;
}

/** Open a file, or standard input for `-`. Throws a CliError for one that can't be read, is empty, or is no text. */
export async function openSource(
  { file, encoding, onRead }: SourceRequest,
  { stdin }: Terminal,
): Promise<Source> {
  const input = file === "-" ? stdin : createReadStream(file);
  const chunks = bytesOf(input);
  try {
    const first = await headOf(chunks);
    if (first.length === 0) throw new CliError("FILE: is empty");
    const chosen = encoding ?? encodingOf(first);
    const head = new TextDecoder(chosen).decode(first, { stream: true });
    if (head.trim() === "" && first.length < HEAD_BYTES) throw new CliError("FILE: is empty");
    return {
      stream: Readable.from(decoded(counted(first, chunks, onRead), chosen), { objectMode: false }),
      head,
      sizeBytes: file === "-" ? undefined : (await stat(file)).size,
    };
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`FILE: ${file} can't be read: ${reasonOf(error)}`, { cause: error });
  }
}

async function* bytesOf(input: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of input as AsyncIterable<Buffer | string>)
    yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
}

// A pipe may give a few bytes at a time.
async function headOf(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  while (bytes < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    parts.push(next.value);
    bytes += next.value.length;
  }
  return Buffer.concat(parts);
}

async function* counted(
  first: Buffer,
  others: AsyncGenerator<Buffer>,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chained(first, others)) {
    bytes += chunk.length;
    onRead(bytes);
    yield chunk;
  }
}

async function* chained(first: Buffer, others: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* others;
}
