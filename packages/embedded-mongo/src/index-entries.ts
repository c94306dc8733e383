import type { Document } from "bson";

import { TypeEdge, sameValue } from "./bson-order.ts";
import type { IndexSpec } from "./index-spec.ts";
import { encodeKey } from "./key-encoding.ts";
import { EMPTY_ARRAY_KEY, extractKeys } from "./key-extract.ts";
import { fieldsOf, matchFilter } from "./match-filter.ts";
import { type Span, type Storage, type View, countKeys, readValue, scanRows } from "./storage.ts";

/**
 * A place in an index: values in the order of its fields. With fewer values than fields it stands before or after all
 * keys that begin so.
 */
export interface IndexKey {
  readonly values: readonly unknown[];
  readonly side: "before" | "after";
}

/** The keys between two places. */
export interface KeyRange {
  readonly low: IndexKey;
  readonly high: IndexKey;
}

/** All keys of an index. */
export const FULL_RANGE: KeyRange = {
  low: { values: [], side: "before" },
  high: { values: [], side: "after" },
};

/** What is kept of an index beside its entries. */
export interface IndexState {
  /** Begins the keys of its entries. */
  readonly id: number;
  readonly spec: IndexSpec;
  readonly paths: readonly (readonly string[])[];
  readonly directions: readonly number[];
  /** The fields of a document that its entries come from. */
  readonly fields: readonly string[];
  /** Whether some document has had an array at each field. */
  readonly multikey: boolean[];
  /** Whether some key was too long, so that its end is missing from its entry. */
  cut: boolean;
}

/** Returns the state of an index without entries. */
export function newIndexState(id: number, spec: IndexSpec): IndexState {
  return {
    id,
    spec,
    paths: spec.fields.map((field) => field.path.split(".")),
    directions: spec.fields.map((field) => field.direction),
    fields: [
      ...spec.fields.map(({ path }) => path.split(".")[0] ?? ""),
      ...(spec.partialFilter === undefined ? [] : fieldsOf(spec.partialFilter)),
    ],
    multikey: spec.fields.map(() => false),
    cut: false,
  };
}

/** Where the entries of an index are, and the documents that they lead to. */
export interface IndexContext {
  readonly storage: Pick<Storage, "entries">;
  readonly view: View;
  readonly valueOf: (record: number) => Document | undefined;
}

/** An entry as it is read: its key, and the document that it leads to. */
export interface IndexEntry {
  readonly key: Uint8Array;
  readonly record: number;
}

/** The entries that a document has in an index. */
interface DocumentEntries {
  readonly entries: readonly PlannedEntry[];
  readonly multikey: readonly boolean[];
  readonly cut: boolean;
}

interface PlannedEntry {
  readonly key: Buffer;
  readonly values: readonly unknown[];
  readonly cut: boolean;
}

/** The bytes of an index's id before a key. */
export const ID_BYTES = 4;
/** The bytes of a record number. */
export const RECORD_BYTES = 6;
/** LMDB takes keys of up to 1978 bytes. */
export const MAX_FIELD_BYTES = 1978 - ID_BYTES - RECORD_BYTES;
const AFTER = Buffer.from([255]);
const UNIQUE_END = Buffer.from([0]);
const NOTHING = Buffer.alloc(0);

/** The ordered entries of one index. A key of a unique index has its record as value, others have it at their end. */
export class IndexEntries {
  readonly state: IndexState;
  readonly #context: IndexContext;

  constructor(context: IndexContext, state: IndexState) {
    this.state = state;
    this.#context = context;
  }

  get spec(): IndexSpec {
    return this.state.spec;
  }

  get multikey(): readonly boolean[] {
    return this.state.multikey;
  }

  get cut(): boolean {
    return this.state.cut;
  }

  /** Returns the entries that a document has, none if the index leaves it out. */
  entriesOf(document: Document): DocumentEntries {
    const { partialFilter, sparse } = this.spec;
    if (partialFilter !== undefined && !matchFilter(partialFilter, document)) return NO_ENTRIES;
    const { keys, multikey, absent } = extractKeys(document, this.state.paths);
    if (sparse && absent) return NO_ENTRIES;
    const entries = keys.map((values) => this.#plan(values));
    const different = entries.length === 1 ? entries : withoutRepeats(entries);
    return { entries: different, multikey, cut: entries.some(({ cut }) => cut) };
  }

  #plan(values: readonly unknown[]): PlannedEntry {
    const encoded = this.encode(values);
    const cut = encoded.length > MAX_FIELD_BYTES;
    return { key: this.#keyOf(cut ? encoded.subarray(0, MAX_FIELD_BYTES) : encoded), values, cut };
  }

  // Where a key can't be the same for two documents it needs no record at its end.
  #entryKey({ key, cut }: PlannedEntry, record: Buffer): Buffer {
    return Buffer.concat([key, this.spec.unique && !cut ? UNIQUE_END : record]);
  }

  #keyOf(...parts: readonly Uint8Array[]): Buffer {
    const id = Buffer.alloc(ID_BYTES);
    id.writeUInt32BE(this.state.id);
    return Buffer.concat([id, ...parts]);
  }

  /** Returns the values by which a unique index refuses an entry, if another document has it. */
  conflict({ entries }: DocumentEntries, self: number): readonly unknown[] | undefined {
    if (!this.spec.unique) return undefined;
    return entries.find((entry) => this.#isTaken(entry, self))?.values;
  }

  #isTaken(entry: PlannedEntry, self: number): boolean {
    const { entries } = this.#context.storage;
    if (!entry.cut) {
      const value = readValue(entries, this.#entryKey(entry, NOTHING), this.#context.view);
      return value !== undefined && recordOf(value) !== self;
    }
    // Of keys that were cut only the documents tell whether they are the same.
    const span = { low: entry.key, high: Buffer.concat([entry.key, AFTER]) };
    for (const { value } of scanRows(entries, span, { view: this.#context.view })) {
      const record = recordOf(value);
      if (record !== self && this.#has(record, entry.values)) return true;
    }
    return false;
  }

  #has(record: number, values: readonly unknown[]): boolean {
    const document = this.#context.valueOf(record);
    const { keys } = extractKeys(document, this.state.paths);
    return keys.some((own) => own.every((value, at) => sameValue(value, values[at])));
  }

  /** Adds the entries of a document. */
  add({ entries, multikey, cut }: DocumentEntries, record: number): void {
    for (const [position, isArray] of multikey.entries())
      if (isArray) this.state.multikey[position] = true;
    this.state.cut ||= cut;
    const suffix = recordBytes(record);
    const value = this.spec.unique ? suffix : NOTHING;
    for (const entry of entries)
      void this.#context.storage.entries.put(this.#entryKey(entry, suffix), value);
  }

  /** Removes the entries of a document. */
  remove({ entries }: DocumentEntries, record: number): void {
    const suffix = recordBytes(record);
    for (const entry of entries)
      void this.#context.storage.entries.remove(this.#entryKey(entry, suffix));
  }

  /** Puts the entries of a new version of a document in the place of those of the one before. */
  replace(before: DocumentEntries, after: DocumentEntries, record: number): void {
    const old = new Set(before.entries.map(({ key }) => key.toString("latin1")));
    const next = new Set(after.entries.map(({ key }) => key.toString("latin1")));
    const gone = before.entries.filter(({ key }) => !next.has(key.toString("latin1")));
    const added = after.entries.filter(({ key }) => !old.has(key.toString("latin1")));
    this.remove({ ...before, entries: gone }, record);
    this.add({ ...after, entries: added }, record);
  }

  /** Returns the entries of a range in order, or in reverse. */
  *scan(range: KeyRange, reverse = false): Generator<IndexEntry> {
    const point = this.#pointOf(range);
    if (point !== undefined) {
      const value = readValue(this.#context.storage.entries, point, this.#context.view);
      if (value !== undefined) yield { key: point, record: recordOf(value) };
      return;
    }
    const span = this.#span(range);
    for (const { key, value } of scanRows(this.#context.storage.entries, span, {
      view: this.#context.view,
      reverse,
    })) {
      const record = recordOf(this.spec.unique ? value : key.subarray(-RECORD_BYTES));
      yield { key, record };
    }
  }

  // One key of a unique index is looked up, which is quicker than a range.
  #pointOf({ low, high }: KeyRange): Buffer | undefined {
    const isOne = low.values === high.values && low.values.length === this.spec.fields.length;
    if (!isOne || !this.spec.unique || low.values.some((value) => value instanceof TypeEdge))
      return undefined;
    const entry = this.#plan(low.values);
    return entry.cut ? undefined : this.#entryKey(entry, NOTHING);
  }

  /** Counts the entries of a range. */
  count(range: KeyRange): number {
    return countKeys(this.#context.storage.entries, this.#span(range), this.#context.view);
  }

  /** Encodes values as they stand in the keys of the index. */
  encode(values: readonly unknown[]): Buffer {
    return encodeKey(values, this.state.directions);
  }

  /** Encodes a value as it stands in the keys of the index at one field. */
  encodeField(value: unknown, position: number): Buffer {
    return encodeKey([value], [this.state.directions[position] ?? 1]);
  }

  #span({ low, high }: KeyRange): Span {
    return { low: this.#bound(low, "low"), high: this.#bound(high, "high") };
  }

  // A bound that is too long takes in all keys that begin as it does.
  #bound({ values, side }: IndexKey, end: "low" | "high"): Buffer {
    const encoded = this.encode(values);
    if (encoded.length > MAX_FIELD_BYTES) {
      const begin = encoded.subarray(0, MAX_FIELD_BYTES);
      return end === "low" ? this.#keyOf(begin) : this.#keyOf(begin, AFTER);
    }
    return side === "before" ? this.#keyOf(encoded) : this.#keyOf(encoded, AFTER);
  }
}

const NO_ENTRIES: DocumentEntries = { entries: [], multikey: [], cut: false };

function withoutRepeats(entries: readonly PlannedEntry[]): PlannedEntry[] {
  return [...new Map(entries.map((entry) => [entry.key.toString("latin1"), entry])).values()];
}

/** Writes a record number as it stands in keys. */
export function recordBytes(record: number): Buffer {
  const bytes = Buffer.alloc(RECORD_BYTES);
  bytes.writeUIntBE(record, 0, RECORD_BYTES);
  return bytes;
}

/** Reads a record number at the end of a key, or in a value. */
export function recordOf(bytes: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).readUIntBE(
    bytes.length - RECORD_BYTES,
    RECORD_BYTES,
  );
}

/** Returns a key as `{ path: value }`, as a duplicate key error reports it. */
export function keyDocument(spec: IndexSpec, values: readonly unknown[]): Document {
  return Object.fromEntries(
    spec.fields.map(({ path }, index) => [
      path,
      values[index] === EMPTY_ARRAY_KEY ? undefined : values[index],
    ]),
  );
}
