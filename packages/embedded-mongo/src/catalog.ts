import type { Document } from "bson";

import { decode } from "./bson-bytes.ts";
import { Collection } from "./collection.ts";
import { CommandError } from "./errors.ts";
import { ID_INDEX, parseIndexSpec, type IndexSpec } from "./index-spec.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { type Journal, MEMORY_JOURNAL } from "./journal.ts";
import type { StoredDocument } from "./stored-document.ts";

const MAX_NAMESPACE_BYTES = 255;

/** All collections; each change goes to memory and to the journal, which can take it back. */
export class Catalog {
  readonly #collections = new Map<string, Collection>();
  #journal: Journal = MEMORY_JOURNAL;

  /** Sets where changes are kept from now on. */
  attach(journal: Journal): void {
    this.#journal = journal;
  }

  /** Waits until all changes so far are durable. */
  commit(): Promise<void> {
    return this.#journal.commit();
  }

  /** All collections in the order of their names. */
  get collections(): readonly Collection[] {
    return [...this.#collections.values()].toSorted((a, b) => (a.namespace < b.namespace ? -1 : 1));
  }

  /** Returns a collection if it exists. */
  find(namespace: string): Collection | undefined {
    return this.#collections.get(namespace);
  }

  /** Returns a collection and creates it if need be. */
  ensure(namespace: string): Collection {
    return this.#collections.get(namespace) ?? this.create(namespace);
  }

  /** Creates a collection. */
  create(namespace: string): Collection {
    assertNamespace(namespace);
    const collection = new Collection(namespace);
    this.#collections.set(namespace, collection);
    this.#journal.append({ op: "create", namespace }, () => this.#collections.delete(namespace));
    return collection;
  }

  /** Drops a collection. */
  drop(collection: Collection): void {
    const { namespace } = collection;
    this.#collections.delete(namespace);
    this.#journal.append({ op: "drop", namespace }, () =>
      this.#collections.set(namespace, collection),
    );
  }

  /** Adds an index. */
  createIndex(collection: Collection, spec: IndexSpec): void {
    const { namespace } = collection;
    collection.addIndex(spec);
    this.#journal.append({ op: "createIndex", namespace, spec: spec.source }, () =>
      collection.dropIndex(spec.name),
    );
  }

  /** Drops an index. */
  dropIndex(collection: Collection, spec: IndexSpec): void {
    const { namespace } = collection;
    collection.dropIndex(spec.name);
    this.#journal.append({ op: "dropIndex", namespace, name: spec.name }, () =>
      collection.addIndex(spec),
    );
  }

  /** Adds a document. */
  insert(collection: Collection, bytes: Uint8Array, value: Document): StoredDocument {
    const stored = { record: collection.takeRecord(), bytes, value };
    collection.put(stored);
    this.#journal.append(putEntry(collection, stored), () => collection.remove(stored));
    return stored;
  }

  /** Puts a new version in the place of a document. */
  replace(
    collection: Collection,
    previous: StoredDocument,
    next: Omit<StoredDocument, "record">,
  ): StoredDocument {
    const stored = { record: previous.record, bytes: next.bytes, value: next.value };
    collection.put(stored);
    this.#journal.append(putEntry(collection, stored), () => collection.put(previous));
    return stored;
  }

  /** Removes a document. */
  remove(collection: Collection, stored: StoredDocument): void {
    const { namespace } = collection;
    collection.remove(stored);
    this.#journal.append({ op: "delete", namespace, record: stored.record }, () =>
      collection.put(stored),
    );
  }

  /** Returns the whole state as journal entries. */
  snapshot(): JournalEntry[] {
    return this.collections.flatMap((collection) => snapshotCollection(collection));
  }
}

function putEntry({ namespace }: Collection, { record, bytes }: StoredDocument): JournalEntry {
  return { op: "put", namespace, record, bytes };
}

function snapshotCollection(collection: Collection): JournalEntry[] {
  const { namespace } = collection;
  const indexes = collection.indexes.filter(({ spec }) => spec.name !== ID_INDEX["name"]);
  return [
    { op: "create", namespace },
    ...indexes.map(({ spec }): JournalEntry => ({
      op: "createIndex",
      namespace,
      spec: spec.source,
    })),
    ...Array.from(collection.documents, (stored) => putEntry(collection, stored)),
  ];
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

/** Collects the entries of a journal; collections are built at the end, from what is left. */
export class CatalogLoader {
  readonly #collections = new Map<string, LoadedCollection>();

  /** Takes the next entry. */
  apply(entry: JournalEntry): void {
    if (entry.op === "drop") {
      this.#collections.delete(entry.namespace);
      return;
    }
    const loaded = this.#ensure(entry.namespace);
    if (entry.op === "put") loaded.documents.set(entry.record, entry.bytes);
    else if (entry.op === "delete") loaded.documents.delete(entry.record);
    else if (entry.op === "createIndex") loaded.indexes.set(String(entry.spec["name"]), entry.spec);
    else if (entry.op === "dropIndex") loaded.indexes.delete(entry.name);
  }

  #ensure(namespace: string): LoadedCollection {
    const loaded = this.#collections.get(namespace) ?? { documents: new Map(), indexes: new Map() };
    this.#collections.set(namespace, loaded);
    return loaded;
  }

  /** Builds the catalog. */
  finish(): Catalog {
    const catalog = new Catalog();
    for (const [namespace, loaded] of this.#collections) {
      const collection = catalog.create(namespace);
      const records = [...loaded.documents.keys()].toSorted((a, b) => a - b);
      for (const record of records) {
        const bytes = loaded.documents.get(record) as Uint8Array;
        collection.put({ record, bytes, value: decode(bytes) });
      }
      for (const spec of loaded.indexes.values()) collection.addIndex(parseIndexSpec(spec));
    }
    return catalog;
  }
}

interface LoadedCollection {
  readonly documents: Map<number, Uint8Array>;
  readonly indexes: Map<string, Document>;
}
