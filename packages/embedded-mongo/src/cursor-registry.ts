import { CommandError } from "./errors.ts";

const IDLE_MS = 10 * 60 * 1000;
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

/** Documents that were found and are still to be sent. */
interface OpenCursor {
  readonly namespace: string;
  readonly documents: readonly Uint8Array[];
  position: number;
  usedAt: number;
}

/** A batch of results and the id under which the rest can be had; 0 if there is none. */
export interface Batch {
  readonly documents: readonly Uint8Array[];
  readonly cursorId: bigint;
}

/** The cursors of all clients; each holds what its query found at the time it was opened. */
export class CursorRegistry {
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

  /** Returns the first batch of a result and keeps the rest. */
  open(
    namespace: string,
    documents: readonly Uint8Array[],
    options: { batchSize: number; single: boolean },
  ): Batch {
    this.#dropIdle();
    const cursor: OpenCursor = { namespace, documents, position: 0, usedAt: this.#now() };
    const batch = takeBatch(cursor, options.batchSize);
    if (cursor.position >= documents.length || options.single)
      return { documents: batch, cursorId: 0n };
    this.#lastId += 1n + BigInt(Math.floor(Math.random() * 2 ** 20));
    this.#cursors.set(this.#lastId, cursor);
    return { documents: batch, cursorId: this.#lastId };
  }

  /** Returns the next batch of a cursor. */
  next(id: bigint, namespace: string, batchSize: number): Batch {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined) throw new CommandError("CursorNotFound", `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        "BadValue",
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = this.#now();
    const documents = takeBatch(cursor, batchSize === 0 ? Infinity : batchSize);
    if (cursor.position < cursor.documents.length) return { documents, cursorId: id };
    this.#cursors.delete(id);
    return { documents, cursorId: 0n };
  }

  /** Closes a cursor and tells whether it was open. */
  kill(id: bigint): boolean {
    return this.#cursors.delete(id);
  }

  #dropIdle(): void {
    const oldest = this.#now() - IDLE_MS;
    for (const [id, cursor] of this.#cursors) if (cursor.usedAt < oldest) this.#cursors.delete(id);
  }
}

function takeBatch(cursor: OpenCursor, batchSize: number): Uint8Array[] {
  const batch: Uint8Array[] = [];
  let bytes = 0;
  while (batch.length < batchSize && cursor.position < cursor.documents.length) {
    const document = cursor.documents[cursor.position] as Uint8Array;
    bytes += document.length;
    if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
    batch.push(document);
    cursor.position += 1;
  }
  return batch;
}
