import type { Deadline } from "./deadline.ts";
import { CommandError } from "./errors.ts";
import type { Snapshot } from "./snapshot.ts";
import { atOnce, PAUSE, type Work } from "./turns.ts";

/** Encoded documents, and pauses between them. */
type Encoded = Iterator<Uint8Array | typeof PAUSE>;

const IDLE_MS = 10 * 60 * 1000;
const MAX_BATCH_BYTES = 16 * 1024 * 1024;
/** Each keeps a state of the data on disk, of which LMDB can hold 512. */
const MAX_CURSORS = 400;

/** Results that are read from disk as they are asked for. */
export interface ResultStream {
  readonly documents: Encoded;
  /** The state of the data that is read; released at the end. */
  readonly snapshot: Snapshot;
  /** The command that reads on. */
  readonly watch: { deadline: Deadline };
}

/** Documents that were asked for, and those still to be sent. */
interface OpenCursor {
  readonly namespace: string;
  readonly documents: Encoded;
  readonly stream: ResultStream | undefined;
  /** The document after the last batch. */
  next: IteratorResult<Uint8Array, unknown>;
  usedAt: number;
}

/** A batch of results and the id under which the rest can be had; 0 if there is none. */
export interface Batch {
  readonly documents: readonly Uint8Array[];
  readonly cursorId: bigint;
}

/** How a cursor is opened. */
export interface CursorOptions {
  readonly batchSize: number;
  readonly single: boolean;
}

/** The cursors of all clients; each shows the data as they were when it was opened. */
export class CursorRegistry {
  /** The one that was used last is the last. */
  readonly #cursors = new Map<bigint, OpenCursor>();
  readonly #now: () => number;
  #lastId = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The number of open cursors. */
  get size(): number {
    return this.#cursors.size;
  }

  /** Returns the first batch of a result that is in memory, and keeps the rest. */
  open(namespace: string, documents: readonly Uint8Array[], options: CursorOptions): Batch {
    const source = { namespace, documents: documents.values(), stream: undefined };
    return atOnce(this.#open(source, options));
  }

  /** Returns the first batch of a stream, and keeps the stream if there is more. */
  openStream(namespace: string, stream: ResultStream, options: CursorOptions): Work<Batch> {
    return this.#open({ namespace, documents: stream.documents, stream }, options);
  }

  *#open(
    source: Pick<OpenCursor, "namespace" | "documents" | "stream">,
    { batchSize, single }: CursorOptions,
  ): Work<Batch> {
    this.#dropIdle();
    const cursor: OpenCursor = { ...source, next: NOTHING_READ, usedAt: this.#now() };
    let isKept = false;
    try {
      cursor.next = yield* nextOf(cursor);
      const documents = yield* takeBatch(cursor, batchSize);
      isKept = cursor.next.done !== true && !single;
      return { documents, cursorId: isKept ? this.#keep(cursor) : 0n };
    } finally {
      if (!isKept) close(cursor);
    }
  }

  #keep(cursor: OpenCursor): bigint {
    for (const [id] of this.#cursors) {
      if (this.#cursors.size < MAX_CURSORS) break;
      this.kill(id);
    }
    cursor.stream?.snapshot.keep();
    this.#lastId += 1n + BigInt(Math.floor(Math.random() * 2 ** 20));
    this.#cursors.set(this.#lastId, cursor);
    return this.#lastId;
  }

  /** Returns the next batch of a cursor. */
  *next(
    id: bigint,
    namespace: string,
    { batchSize, deadline }: { batchSize: number; deadline: Deadline },
  ): Work<Batch> {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined) throw new CommandError("CursorNotFound", `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        "BadValue",
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = this.#now();
    this.#cursors.delete(id);
    if (cursor.stream !== undefined) cursor.stream.watch.deadline = deadline;
    let isKept = false;
    try {
      const documents = yield* takeBatch(cursor, batchSize === 0 ? Infinity : batchSize);
      isKept = cursor.next.done !== true;
      if (isKept) this.#cursors.set(id, cursor);
      return { documents, cursorId: isKept ? id : 0n };
    } finally {
      if (!isKept) close(cursor);
    }
  }

  /** Closes a cursor and tells whether it was open. */
  kill(id: bigint): boolean {
    const cursor = this.#cursors.get(id);
    if (cursor !== undefined) close(cursor);
    return this.#cursors.delete(id);
  }

  /** Closes all cursors. */
  close(): void {
    for (const id of this.#cursors.keys()) this.kill(id);
  }

  #dropIdle(): void {
    const oldest = this.#now() - IDLE_MS;
    for (const [id, cursor] of this.#cursors) if (cursor.usedAt < oldest) this.kill(id);
  }
}

const NOTHING_READ: OpenCursor["next"] = { done: true, value: undefined };

function close({ documents, stream }: OpenCursor): void {
  documents.return?.();
  stream?.snapshot.release();
}

function* takeBatch(cursor: OpenCursor, batchSize: number): Work<Uint8Array[]> {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  while (batch.length < batchSize && cursor.next.done !== true) {
    const document = cursor.next.value;
    bytes += document.length;
    if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
    batch.push(document);
    cursor.next = yield* nextOf(cursor);
  }
  return batch;
}

function* nextOf({ documents, stream }: OpenCursor): Work<OpenCursor["next"]> {
  for (;;) {
    const { done, value } = documents.next();
    if (done === true) return { done, value };
    if (value !== PAUSE) return { done: false, value };
    stream?.snapshot.keep();
    yield PAUSE;
  }
}
