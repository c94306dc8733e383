import { type Document, EJSON } from "bson";

import { CommandError } from "./errors.ts";
import { ID_INDEX, type IndexSpec, keyText, parseIndexSpec } from "./index-spec.ts";
import { IndexTree, keyDocument } from "./index-tree.ts";
import type { StoredDocument } from "./stored-document.ts";

/** The documents of one collection with their indexes; it changes memory only. */
export class Collection {
  readonly namespace: string;
  readonly #documents = new Map<number, StoredDocument>();
  readonly #indexes = new Map<string, IndexTree>();
  #nextRecord = 1;

  constructor(namespace: string) {
    this.namespace = namespace;
    this.addIndex(parseIndexSpec(ID_INDEX));
  }

  /** The number of documents. */
  get size(): number {
    return this.#documents.size;
  }

  /** The documents in the order of insertion. */
  get documents(): IterableIterator<StoredDocument> {
    return this.#documents.values();
  }

  /** The indexes in the order of their creation. */
  get indexes(): readonly IndexTree[] {
    return [...this.#indexes.values()];
  }

  /** Returns an index by name. */
  index(name: string): IndexTree | undefined {
    return this.#indexes.get(name);
  }

  /** Takes a record number for a new document. */
  takeRecord(): number {
    const record = this.#nextRecord;
    this.#nextRecord += 1;
    return record;
  }

  /** Returns the document with a record number. */
  get(record: number): StoredDocument | undefined {
    return this.#documents.get(record);
  }

  /** Adds a document or puts it in place of the one with its record; refuses a duplicate key. */
  put(stored: StoredDocument): void {
    this.#assertUnique(stored);
    const previous = this.#documents.get(stored.record);
    const indexes = this.indexes;
    // Keys are computed before anything changes, so a refusal leaves no half-indexed document.
    for (const index of indexes) index.keysOf(stored.value);
    if (previous !== undefined) for (const index of indexes) index.remove(previous);
    for (const index of indexes) index.add(stored);
    this.#documents.set(stored.record, stored);
    this.#nextRecord = Math.max(this.#nextRecord, stored.record + 1);
  }

  /** Removes a document. */
  remove(stored: StoredDocument): void {
    for (const index of this.#indexes.values()) index.remove(stored);
    this.#documents.delete(stored.record);
  }

  #assertUnique(stored: StoredDocument): void {
    for (const index of this.#indexes.values()) {
      const values = index.conflict(stored.value, stored.record);
      if (values !== undefined) throw this.#duplicateKey(index.spec, values);
    }
  }

  #duplicateKey(spec: IndexSpec, values: readonly unknown[]): CommandError {
    const keyValue = keyDocument(spec, values);
    const shown = EJSON.stringify(keyValue, { relaxed: true });
    const message = `E11000 duplicate key error collection: ${this.namespace} index: ${spec.name} dup key: ${shown}`;
    return new CommandError("DuplicateKey", message, { keyPattern: keyPattern(spec), keyValue });
  }

  /** Builds an index over the documents; refuses if they break its uniqueness. */
  addIndex(spec: IndexSpec): void {
    const tree = new IndexTree(spec);
    for (const stored of this.#documents.values()) {
      const values = tree.conflict(stored.value, stored.record);
      if (values !== undefined) throw this.#duplicateKey(spec, values);
      tree.add(stored);
    }
    this.#indexes.set(spec.name, tree);
  }

  /** Removes an index. */
  dropIndex(name: string): void {
    if (!this.#indexes.delete(name)) {
      throw new CommandError("IndexNotFound", `index not found with name [${name}]`);
    }
  }

  /** Describes the keys of all indexes; for messages. */
  describeIndexes(): string {
    return this.indexes.map((index) => keyText(index.spec.fields)).join(", ");
  }
}

/** Returns the key of an index as MongoDB writes it. */
export function keyPattern(spec: IndexSpec): Document {
  return Object.fromEntries(spec.fields.map(({ path, direction }) => [path, direction]));
}
