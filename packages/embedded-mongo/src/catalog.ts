import type { Document } from "bson";

import { readCatalog, removeCollection, writeCollection, writeNextId } from "./catalog-rows.ts";
import { Collection, type CollectionState, collectionSpan, emptyCollection } from "./collection.ts";
import { CommandError } from "./errors.ts";
import { GroupCommit } from "./group-commit.ts";
import { type IndexState, newIndexState } from "./index-entries.ts";
import { ID_INDEX, type IndexSpec, parseIndexSpec } from "./index-spec.ts";
import { Snapshot } from "./snapshot.ts";
import { NEWEST, type Storage, type View, removeRows } from "./storage.ts";
import type { StoredDocument } from "./stored-document.ts";

const MAX_NAMESPACE_BYTES = 255;

/** What a change has made of the catalog, until it is kept. */
interface Draft {
  nextId: number;
  /** Collections that the change works on, each with a state of its own. */
  readonly own: Map<string, Collection>;
  /** Collections that were there before and are dropped. */
  readonly dropped: Set<string>;
}

/** All collections. Reads see what is on disk; a change sees what it has written. */
export class Catalog {
  readonly #storage: Storage;
  readonly #commits: GroupCommit;
  readonly #states: Map<string, CollectionState>;
  #nextId: number;
  /** The collections as reads see them now. */
  readonly #collections = new Map<string, Collection>();
  /** Present while changes run. */
  #draft: Draft | undefined;
  /** What is on disk, while a transaction is written. */
  #before: Snapshot | undefined;

  constructor(storage: Storage) {
    this.#storage = storage;
    const { nextId, collections } = readCatalog(storage.catalog);
    this.#nextId = nextId;
    this.#states = collections;
    this.#commits = new GroupCommit((changes) => this.#commit(changes));
  }

  /** Runs a change of any of the collections; resolves once it is on disk. */
  write<Value>(change: () => Value): Promise<Value> {
    return this.#commits.run(change);
  }

  async #commit(changes: () => void): Promise<void> {
    const before = new Snapshot(this.#storage.hold()).keep();
    this.#before = before;
    this.#collections.clear();
    const draft: Draft = { nextId: this.#nextId, own: new Map(), dropped: new Set() };
    try {
      await this.#storage.transact(() => this.#draw(draft, changes));
      this.#keep(draft);
    } finally {
      this.#before = undefined;
      this.#collections.clear();
      before.release();
    }
  }

  #draw(draft: Draft, changes: () => void): void {
    this.#draft = draft;
    try {
      changes();
      const table = this.#storage.catalog;
      if (draft.nextId !== this.#nextId) writeNextId(table, draft.nextId);
      for (const namespace of draft.dropped) removeCollection(table, namespace);
      for (const [namespace, { state }] of draft.own)
        writeCollection(table, this.#stateBefore(draft, namespace), state);
    } finally {
      this.#draft = undefined;
    }
  }

  #keep({ nextId, own, dropped }: Draft): void {
    this.#nextId = nextId;
    for (const namespace of dropped) this.#states.delete(namespace);
    for (const [namespace, { state }] of own) this.#states.set(namespace, state);
  }

  #stateBefore({ dropped }: Draft, namespace: string): CollectionState | undefined {
    return dropped.has(namespace) ? undefined : this.#states.get(namespace);
  }

  /** Waits for the changes that have come. */
  close(): Promise<void> {
    return this.#commits.close();
  }

  /** Holds what reads see now; to be released. */
  hold(): Snapshot {
    return this.#before?.use() ?? new Snapshot(this.#storage.hold());
  }

  /** All collections in the order of their names. */
  get collections(): readonly Collection[] {
    const names = new Set([...this.#states.keys(), ...(this.#draft?.own.keys() ?? [])]);
    return [...names]
      .toSorted()
      .map((namespace) => this.find(namespace))
      .filter((collection) => collection !== undefined);
  }

  /** Returns a collection if it exists, as a view shows it. */
  find(namespace: string, view?: View): Collection | undefined {
    if (this.#draft !== undefined) return this.#findOwn(this.#draft, namespace);
    const state = this.#states.get(namespace);
    if (state === undefined) return undefined;
    if (view !== undefined) return new Collection(this.#storage, view, state);
    const known = this.#collections.get(namespace);
    if (known !== undefined) return known;
    const collection = new Collection(this.#storage, this.#before ?? NEWEST, state);
    this.#collections.set(namespace, collection);
    return collection;
  }

  /** Returns a collection, or an empty one that is not kept. */
  read(namespace: string, view?: View): Collection {
    return this.find(namespace, view) ?? this.#empty(namespace);
  }

  #empty(namespace: string): Collection {
    return new Collection(this.#storage, NEWEST, emptyCollection(namespace, 0, [idIndex(0)]));
  }

  // A change works on a copy, so that nothing has to be taken back if it can't be kept.
  #findOwn(draft: Draft, namespace: string): Collection | undefined {
    const known = draft.own.get(namespace);
    if (known !== undefined) return known;
    const before = this.#stateBefore(draft, namespace);
    return before === undefined ? undefined : this.#adopt(draft, copyOf(before));
  }

  #adopt({ own }: Draft, state: CollectionState): Collection {
    const collection = new Collection(this.#storage, NEWEST, state);
    own.set(state.namespace, collection);
    return collection;
  }

  get #writing(): Draft {
    if (this.#draft === undefined) throw new Error("the catalog is changed outside of a change");
    return this.#draft;
  }

  #takeId(): number {
    const draft = this.#writing;
    draft.nextId += 1;
    return draft.nextId;
  }

  /** Returns a collection and creates it if need be. */
  ensure(namespace: string): Collection {
    return this.find(namespace) ?? this.create(namespace);
  }

  /** Creates a collection. */
  create(namespace: string): Collection {
    assertNamespace(namespace);
    const state = emptyCollection(namespace, this.#takeId(), [idIndex(this.#takeId())]);
    return this.#adopt(this.#writing, state);
  }

  /** Drops a collection. */
  drop({ namespace, state }: Collection): void {
    const { own, dropped } = this.#writing;
    own.delete(namespace);
    if (this.#states.has(namespace)) dropped.add(namespace);
    removeRows(this.#storage.documents, collectionSpan(state.id));
    for (const { id } of state.indexes.values())
      removeRows(this.#storage.entries, collectionSpan(id));
  }

  /** Adds an index. */
  createIndex(collection: Collection, spec: IndexSpec): void {
    const state = newIndexState(this.#takeId(), spec);
    try {
      collection.addIndex(state);
    } catch (error) {
      removeRows(this.#storage.entries, collectionSpan(state.id));
      throw error;
    }
  }

  /** Drops an index. */
  dropIndex(collection: Collection, spec: IndexSpec): void {
    const { id } = collection.dropIndex(spec.name);
    removeRows(this.#storage.entries, collectionSpan(id));
  }

  /** Adds a document. */
  insert(collection: Collection, bytes: Uint8Array, value: Document): StoredDocument {
    return collection.insert(bytes, value);
  }

  /** Puts a new version in the place of a document. */
  replace(collection: Collection, previous: StoredDocument, next: Uint8Array): StoredDocument {
    return collection.replace(previous, next);
  }

  /** Removes a document. */
  remove(collection: Collection, stored: StoredDocument): void {
    collection.remove(stored);
  }
}

function idIndex(id: number): IndexState {
  return newIndexState(id, parseIndexSpec(ID_INDEX));
}

function copyOf(state: CollectionState): CollectionState {
  const indexes = Array.from(state.indexes, ([name, index]): [string, IndexState] => [
    name,
    { ...index, multikey: [...index.multikey] },
  ]);
  return { ...state, indexes: new Map(indexes) };
}

function assertNamespace(namespace: string): void {
  const name = namespace.slice(namespace.indexOf(".") + 1);
  const isInvalid =
    name === "" ||
    name.startsWith(".") ||
    name.includes("\0") ||
    name.includes("$") ||
    name.startsWith("system.") ||
    Buffer.byteLength(namespace) > MAX_NAMESPACE_BYTES;
  if (isInvalid)
    throw new CommandError("InvalidNamespace", `Invalid namespace specified '${namespace}'`);
}
