import { setImmediate as turn } from "node:timers/promises";

import type { Document } from "bson";

import { writeCollection, writeFormat, writeNextId } from "./catalog-rows.ts";
import {
  Collection,
  type CollectionState,
  collectionSpan,
  documentKey,
  emptyCollection,
} from "./collection.ts";
import { newIndexState } from "./index-entries.ts";
import { ID_INDEX, parseIndexSpec } from "./index-spec.ts";
import { type JournalEntry, journalBytes, readOldJournal } from "./old-journal.ts";
import { NEWEST, type Storage, removeRows } from "./storage.ts";
import type { StoredDocument } from "./stored-document.ts";

const CHUNK = 2000;

/** A collection as the journal tells of it; its documents are in the database already. */
interface MovedCollection {
  readonly id: number;
  readonly specs: Map<string, Document>;
}

/**
 * Moves what the journal of an earlier release holds into an empty database: first the documents, then their index
 * entries, at last the catalog with the mark that all is there. Without the mark it is done again from the beginning.
 */
export async function moveJournal(storage: Storage, path: string): Promise<void> {
  storage.clear();
  const move = new JournalMove(storage);
  await move.takeDocuments(path);
  const states = await move.buildIndexes();
  const bytes = await journalBytes(path);
  storage.transactNow(() => {
    for (const state of states) writeCollection(storage.catalog, undefined, state);
    writeNextId(storage.catalog, move.lastId);
    writeFormat(storage.catalog, bytes);
  });
}

class JournalMove {
  readonly #storage: Storage;
  readonly #collections = new Map<string, MovedCollection>();
  lastId = 0;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async takeDocuments(path: string): Promise<void> {
    for (const chunk of chunksOf(readOldJournal(path))) {
      this.#storage.transactNow(() => {
        for (const entry of chunk) this.#apply(entry);
      });
      await turn();
    }
  }

  #apply(entry: JournalEntry): void {
    const { id, specs } = this.#ensure(entry.namespace);
    const { documents } = this.#storage;
    switch (entry.op) {
      case "put":
        void documents.put(documentKey(id, entry.record), entry.bytes);
        break;
      case "delete":
        void documents.remove(documentKey(id, entry.record));
        break;
      case "drop":
        removeRows(documents, collectionSpan(id));
        this.#collections.delete(entry.namespace);
        break;
      case "createIndex":
        specs.set(String(entry.spec["name"]), entry.spec);
        break;
      case "dropIndex":
        specs.delete(entry.name);
        break;
      case "create":
    }
  }

  #ensure(namespace: string): MovedCollection {
    const known = this.#collections.get(namespace);
    if (known !== undefined) return known;
    const added = { id: this.#takeId(), specs: new Map<string, Document>() };
    this.#collections.set(namespace, added);
    return added;
  }

  #takeId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  async buildIndexes(): Promise<CollectionState[]> {
    const states = [];
    for (const [namespace, { id, specs }] of this.#collections) {
      const indexes = [ID_INDEX, ...specs.values()].map((spec) =>
        newIndexState(this.#takeId(), parseIndexSpec(spec)),
      );
      const state = emptyCollection(namespace, id, indexes);
      await this.#index(state);
      states.push(state);
    }
    return states;
  }

  async #index(state: CollectionState): Promise<void> {
    const collection = new Collection(this.#storage, NEWEST, state);
    for (let isDone = false; !isDone; await turn()) {
      this.#storage.transactNow(() => {
        const chunk = [...firstOf(collection.documentsFrom(state.nextRecord))];
        for (const stored of chunk) addEntries(collection, stored);
        isDone = chunk.length < CHUNK;
      });
    }
  }
}

function addEntries(
  { indexes, state }: Collection,
  { record, bytes, value }: StoredDocument,
): void {
  for (const index of indexes) index.add(index.entriesOf(value), record);
  state.size += 1;
  state.bytes += bytes.length;
  state.nextRecord = record + 1;
}

function* firstOf<Item>(items: Iterable<Item>): Generator<Item> {
  let left = CHUNK;
  for (const item of items) {
    yield item;
    left -= 1;
    if (left === 0) return;
  }
}

function* chunksOf<Item>(items: Iterable<Item>): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
