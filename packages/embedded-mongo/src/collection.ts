import { type Document, EJSON } from "bson";

import { CommandError } from "./errors.ts";
import {
  ID_BYTES,
  IndexEntries,
  type IndexState,
  RECORD_BYTES,
  keyDocument,
  recordOf,
} from "./index-entries.ts";
import type { IndexSpec } from "./index-spec.ts";
import { changedFields } from "./pick-fields.ts";
import { type Span, type Storage, type View, readValue, scanRows } from "./storage.ts";
import { StoredDocument } from "./stored-document.ts";

/** What is kept of a collection beside its documents. */
export interface CollectionState {
  readonly namespace: string;
  /** Begins the keys of its documents. */
  readonly id: number;
  /** In the order of their creation, by name. */
  readonly indexes: Map<string, IndexState>;
  size: number;
  /** The bytes of all documents. */
  bytes: number;
  nextRecord: number;
}

/** Returns the state of a collection without documents. */
export function emptyCollection(
  namespace: string,
  id: number,
  indexes: readonly IndexState[],
): CollectionState {
  const byName = new Map(indexes.map((index) => [index.spec.name, index]));
  return { namespace, id, indexes: byName, size: 0, bytes: 0, nextRecord: 1 };
}

/** The documents of one collection with their indexes, as a view shows them. */
export class Collection {
  readonly state: CollectionState;
  readonly #storage: Storage;
  readonly #view: View;
  #indexes: readonly IndexEntries[] | undefined;
  #fields: ReadonlySet<string> | undefined;

  constructor(storage: Storage, view: View, state: CollectionState) {
    this.state = state;
    this.#storage = storage;
    this.#view = view;
  }

  get namespace(): string {
    return this.state.namespace;
  }

  /** The number of documents. */
  get size(): number {
    return this.state.size;
  }

  /** The bytes of all documents. */
  get bytes(): number {
    return this.state.bytes;
  }

  /** The documents in the order of insertion, or in reverse. */
  documents(reverse = false): Generator<StoredDocument> {
    return this.#scan(collectionSpan(this.state.id), reverse);
  }

  /** The documents from a record on. */
  documentsFrom(record: number): Generator<StoredDocument> {
    const { id } = this.state;
    return this.#scan({ low: documentKey(id, record), high: collectionSpan(id).high }, false);
  }

  *#scan(span: Span, reverse: boolean): Generator<StoredDocument> {
    const { documents } = this.#storage;
    for (const { key, value } of scanRows(documents, span, { view: this.#view, reverse }))
      yield new StoredDocument(recordOf(key), value);
  }

  /** The indexes in the order of their creation. */
  get indexes(): readonly IndexEntries[] {
    return (this.#indexes ??= Array.from(this.state.indexes.values(), (state) =>
      this.#entriesOf(state),
    ));
  }

  #entriesOf(state: IndexState): IndexEntries {
    const valueOf = (record: number): Document | undefined => this.get(record)?.value;
    return new IndexEntries({ storage: this.#storage, view: this.#view, valueOf }, state);
  }

  /** Returns an index by name. */
  index(name: string): IndexEntries | undefined {
    return this.indexes.find(({ spec }) => spec.name === name);
  }

  /** Returns the document with a record number. */
  get(record: number): StoredDocument | undefined {
    const bytes = readValue(this.#storage.documents, this.#keyOf(record), this.#view);
    return bytes === undefined ? undefined : new StoredDocument(record, bytes);
  }

  #keyOf(record: number): Buffer {
    return documentKey(this.state.id, record);
  }

  /** Adds a document; refuses a duplicate key. */
  insert(bytes: Uint8Array, value: Document): StoredDocument {
    const record = this.state.nextRecord;
    // Keys are computed and looked up before anything changes: a refused document leaves nothing.
    const planned = this.indexes.map((index) => ({ index, entries: index.entriesOf(value) }));
    for (const { index, entries } of planned)
      this.#refuseTaken(index.spec, index.conflict(entries, record));
    for (const { index, entries } of planned) index.add(entries, record);
    void this.#storage.documents.put(this.#keyOf(record), bytes);
    this.state.nextRecord += 1;
    this.state.size += 1;
    this.state.bytes += bytes.length;
    return new StoredDocument(record, bytes, value);
  }

  /** Puts a new version in the place of a document; refuses a duplicate key. */
  replace(previous: StoredDocument, bytes: Uint8Array): StoredDocument {
    const { record } = previous;
    const next = new StoredDocument(record, bytes);
    const changed = changedFields(previous.bytes, bytes, this.#indexedFields());
    // The entries of an index come from its fields alone: where these are as they were, so are the entries.
    const touched = this.indexes.filter(({ state }) =>
      state.fields.some((one) => changed.has(one)),
    );
    const fields = new Set(touched.flatMap(({ state }) => state.fields));
    const [old, own] = [previous.fields(fields), next.fields(fields)];
    const planned = touched.map((index) => ({
      index,
      before: index.entriesOf(old),
      after: index.entriesOf(own),
    }));
    for (const { index, after } of planned)
      this.#refuseTaken(index.spec, index.conflict(after, record));
    for (const { index, before, after } of planned) index.replace(before, after, record);
    void this.#storage.documents.put(this.#keyOf(record), bytes);
    this.state.bytes += bytes.length - previous.bytes.length;
    return next;
  }

  /** Removes a document. */
  remove(stored: StoredDocument): void {
    const old = stored.fields(this.#indexedFields());
    for (const index of this.indexes) index.remove(index.entriesOf(old), stored.record);
    void this.#storage.documents.remove(this.#keyOf(stored.record));
    this.state.size -= 1;
    this.state.bytes -= stored.bytes.length;
  }

  #indexedFields(): ReadonlySet<string> {
    return (this.#fields ??= new Set(this.indexes.flatMap(({ state }) => state.fields)));
  }

  #refuseTaken(spec: IndexSpec, values: readonly unknown[] | undefined): void {
    if (values === undefined) return;
    const keyValue = keyDocument(spec, values);
    const shown = EJSON.stringify(keyValue, { relaxed: true });
    const message = `E11000 duplicate key error collection: ${this.namespace} index: ${spec.name} dup key: ${shown}`;
    throw new CommandError("DuplicateKey", message, { keyPattern: keyPattern(spec), keyValue });
  }

  /** Adds an index with entries for all documents; refuses if they break its uniqueness. */
  addIndex(state: IndexState): void {
    const index = this.#entriesOf(state);
    const fields = new Set(state.fields);
    for (const stored of this.documents()) {
      const entries = index.entriesOf(stored.fields(fields));
      this.#refuseTaken(index.spec, index.conflict(entries, stored.record));
      index.add(entries, stored.record);
    }
    this.state.indexes.set(index.spec.name, state);
    this.#indexes = undefined;
    this.#fields = undefined;
  }

  /** Forgets an index; its entries are left. */
  dropIndex(name: string): IndexState {
    const state = this.state.indexes.get(name);
    if (state === undefined)
      throw new CommandError("IndexNotFound", `index not found with name [${name}]`);
    this.state.indexes.delete(name);
    this.#indexes = undefined;
    this.#fields = undefined;
    return state;
  }
}

/** Returns the key of a document. */
export function documentKey(collection: number, record: number): Buffer {
  const key = Buffer.alloc(ID_BYTES + RECORD_BYTES);
  key.writeUInt32BE(collection);
  key.writeUIntBE(record, ID_BYTES, RECORD_BYTES);
  return key;
}

/** The keys of all documents of a collection, or of all entries of an index. */
export function collectionSpan(id: number): Span {
  const [low, high] = [Buffer.alloc(ID_BYTES), Buffer.alloc(ID_BYTES)];
  low.writeUInt32BE(id);
  high.writeUInt32BE(id + 1);
  return { low, high };
}

/** Returns the key of an index as MongoDB writes it. */
export function keyPattern(spec: IndexSpec): Document {
  return Object.fromEntries(spec.fields.map(({ path, direction }) => [path, direction]));
}
