import { join } from "node:path";

import { type Database, type RangeOptions, type RootDatabase, type Transaction, open } from "lmdb";

import { assertWholeFile } from "./data-file.ts";
import { whileWriting } from "./exit-while-writing.ts";
import { createPrivateFile } from "./private-file.ts";
import { writeRefusal } from "./write-refusal.ts";

/** The name of the database's file in its folder. */
export const DATA_NAME = "data.mdb";
const LOCK_NAME = "lock.mdb";
/** Room for the places of all readers. */
const LOCK_BYTES = 64 * 1024;

/** A sorted table of the database file; keys and values are bytes. */
export type Table = Database<Uint8Array, Uint8Array>;

type Root = RootDatabase<Uint8Array, Uint8Array>;

/** What a read sees: without a transaction, the newest state, or within a change what it has written. */
export interface View {
  readonly transaction?: Transaction | undefined;
}

/** The newest state; good for reads within one turn of the event loop. */
export const NEWEST: View = {};

/** Keys from `low` up to, but not, `high`. */
export interface Span {
  readonly low: Uint8Array;
  readonly high: Uint8Array;
}

/** How the file is opened. */
export interface StorageOptions {
  readonly folder: string;
  /** Whether a commit waits for the disk. */
  readonly durable: boolean;
}

/** Only address space, of which a page is used when the file has it; the file grows as it is filled. */
const MAP_BYTES = 2 ** 40;
/** Cursors hold a place each while they are open. */
const MAX_READERS = 512;
const BINARY = { encoding: "binary", keyEncoding: "binary" } as const;

/** The tables of one LMDB file. */
export class Storage {
  readonly #root: Root;
  readonly #folder: string;
  /** What collections and indexes there are. */
  readonly catalog: Table;
  /** Documents by collection and record. */
  readonly documents: Table;
  /** Index entries by index and key. */
  readonly entries: Table;

  private constructor(root: Root, folder: string) {
    this.#root = root;
    this.#folder = folder;
    this.catalog = root.openDB({ name: "catalog", ...BINARY });
    this.documents = root.openDB({ name: "documents", ...BINARY });
    this.entries = root.openDB({ name: "entries", ...BINARY });
  }

  /** Opens the file of a folder, or makes a new one. */
  static open({ folder, durable }: StorageOptions): Storage {
    const path = join(folder, DATA_NAME);
    createPrivateFile(path);
    createPrivateFile(join(folder, LOCK_NAME), LOCK_BYTES);
    assertWholeFile(path);
    const root = open<Uint8Array, Uint8Array>({
      path: folder,
      noSubdir: false,
      mapSize: MAP_BYTES,
      maxReaders: MAX_READERS,
      // With it a commit would be reported before it is on disk, and a failed sync never.
      overlappingSync: false,
      eventTurnBatching: false,
      noSync: !durable,
      ...BINARY,
    });
    return new Storage(root, folder);
  }

  /**
   * Runs changes as one transaction, soon; resolves once it is on disk. Nothing is kept if it rejects: all of it is in
   * pages that no earlier state has, so the next transaction can go on from there.
   */
  async transact(change: () => void): Promise<void> {
    try {
      await whileWriting(() => this.#root.childTransaction(change));
    } catch (error) {
      throw await writeRefusal(error, this.#folder);
    }
  }

  /** Runs changes as one transaction, at once, and waits for the disk. */
  transactNow(change: () => void): void {
    this.#root.transactionSync(change);
  }

  /** Holds the newest state until it is released. */
  hold(): Transaction {
    return this.#root.useReadTransaction();
  }

  /** Empties all tables. */
  clear(): void {
    for (const table of [this.catalog, this.documents, this.entries]) table.clearSync();
  }

  async close(): Promise<void> {
    await this.#root.close();
  }
}

/** A key with its value. */
export interface Row {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** Reads the rows of a span in order, or in reverse. */
export function scanRows(
  table: Table,
  span: Span,
  { view, reverse = false }: { view: View; reverse?: boolean },
): Iterable<Row> {
  return table.getRange(rangeOptions(span, view, reverse));
}

/** Reads the keys of a span in order, or in reverse. */
export function scanKeys(
  table: Table,
  span: Span,
  { view, reverse = false }: { view: View; reverse?: boolean },
): Iterable<Uint8Array> {
  return table.getKeys(rangeOptions(span, view, reverse));
}

/** Counts the keys of a span. */
export function countKeys(table: Table, span: Span, view: View): number {
  return table.getKeysCount(rangeOptions(span, view, false));
}

/** Reads a value. */
export function readValue(table: Table, key: Uint8Array, view: View): Uint8Array | undefined {
  const { transaction } = view;
  return table.get(key, transaction && { transaction });
}

function rangeOptions({ low, high }: Span, view: View, reverse: boolean): RangeOptions {
  const { transaction } = view;
  return {
    ...(reverse ? { start: high, end: low, reverse } : { start: low, end: high }),
    ...(transaction && { transaction }),
  };
}

const REMOVED_AT_A_TIME = 10_000;

/** Removes the rows of a span; within a transaction. */
export function removeRows(table: Table, span: Span): void {
  for (;;) {
    const keys: Uint8Array[] = [];
    for (const key of scanKeys(table, span, { view: NEWEST })) {
      keys.push(key);
      if (keys.length === REMOVED_AT_A_TIME) break;
    }
    if (keys.length === 0) return;
    for (const key of keys) void table.remove(key);
  }
}
