import { createRequire } from "node:module";

import type { Document } from "bson";
import type sortedBtree from "sorted-btree";

import { compareValues } from "./bson-order.ts";
import type { IndexSpec } from "./index-spec.ts";
import { EMPTY_ARRAY_KEY, extractKeys } from "./key-extract.ts";
import { matchFilter } from "./match-filter.ts";
import type { StoredDocument } from "./stored-document.ts";

/**
 * A place in an index: values in the order of its fields, then the record. With fewer values than
 * fields and an infinite record it stands before or after all keys that begin so.
 */
export interface IndexKey {
  readonly values: readonly unknown[];
  readonly record: number;
}

/** The keys between two places. */
export interface KeyRange {
  readonly low: IndexKey;
  readonly high: IndexKey;
}

/** All keys of an index. */
export const FULL_RANGE: KeyRange = {
  low: { values: [], record: Number.NEGATIVE_INFINITY },
  high: { values: [], record: Number.POSITIVE_INFINITY },
};

/** An entry of an index. */
export type IndexEntry = readonly [IndexKey, StoredDocument];

// Node and bundlers disagree on what the default import of this CommonJS package is; require is clear.
const { default: BTree } = createRequire(import.meta.url)("sorted-btree") as typeof sortedBtree;

/** An ordered index over the documents of a collection. */
export class IndexTree {
  readonly spec: IndexSpec;
  /** Whether some document has an array at each field. */
  readonly multikey: boolean[];
  readonly #paths: readonly (readonly string[])[];
  readonly #directions: readonly number[];
  readonly #tree: InstanceType<typeof BTree<IndexKey, StoredDocument>>;

  constructor(spec: IndexSpec) {
    this.spec = spec;
    this.multikey = spec.fields.map(() => false);
    this.#paths = spec.fields.map((field) => field.path.split("."));
    this.#directions = spec.fields.map((field) => field.direction);
    this.#tree = new BTree<IndexKey, StoredDocument>(undefined, (a, b) => this.#compare(a, b));
  }

  /** The number of entries. */
  get size(): number {
    return this.#tree.size;
  }

  #compare(left: IndexKey, right: IndexKey): number {
    const a = left.values;
    const b = right.values;
    const length = Math.min(a.length, b.length);
    for (let index = 0; index < length; index += 1) {
      const order = compareValues(a[index], b[index]);
      if (order !== 0) return order * (this.#directions[index] as number);
    }
    if (a.length < b.length) return left.record < 0 ? -1 : 1;
    if (a.length > b.length) return right.record < 0 ? 1 : -1;
    return left.record === right.record ? 0 : left.record - right.record;
  }

  /** Returns the keys of a document, none if the index leaves it out. */
  keysOf(document: Document): readonly (readonly unknown[])[] {
    return this.#extract(document)?.keys ?? [];
  }

  #extract(document: Document): ReturnType<typeof extractKeys> | undefined {
    const { partialFilter, sparse } = this.spec;
    if (partialFilter !== undefined && !matchFilter(partialFilter, document)) return undefined;
    const extracted = extractKeys(document, this.#paths);
    return sparse && extracted.absent ? undefined : extracted;
  }

  /** Returns the first key by which a unique index refuses a document, if any. */
  conflict(document: Document, self: number): readonly unknown[] | undefined {
    if (!this.spec.unique) return undefined;
    return this.keysOf(document).find((values) => this.#isTaken(values, self));
  }

  #isTaken(values: readonly unknown[], self: number): boolean {
    const low = { values, record: Number.NEGATIVE_INFINITY };
    const high = { values, record: Number.POSITIVE_INFINITY };
    for (const [key] of this.scan({ low, high })) if (key.record !== self) return true;
    return false;
  }

  /** Adds the keys of a document. */
  add(stored: StoredDocument): void {
    const extracted = this.#extract(stored.value);
    if (extracted === undefined) return;
    for (const [index, isArray] of extracted.multikey.entries())
      if (isArray) this.multikey[index] = true;
    for (const values of extracted.keys) this.#tree.set({ values, record: stored.record }, stored);
  }

  /** Removes the keys of a document. */
  remove(stored: StoredDocument): void {
    for (const values of this.keysOf(stored.value))
      this.#tree.delete({ values, record: stored.record });
  }

  /** Returns the entries of a range in order, or in reverse. */
  *scan(range: KeyRange, reverse = false): Generator<IndexEntry> {
    if (this.#compare(range.low, range.high) > 0) return;
    const entries = reverse
      ? this.#tree.entriesReversed(range.high)
      : this.#tree.entries(range.low);
    const end = reverse ? range.low : range.high;
    const beyond = reverse ? -1 : 1;
    for (const entry of entries) {
      if (this.#compare(entry[0], end) * beyond > 0) return;
      yield entry;
    }
  }
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
