import type { KeyField } from "./index-spec.ts";
import { compareKeys } from "./sort-documents.ts";

/** What is sorted: where it is, and its key in the order of the sort. */
export interface Sortable {
  readonly record: number;
  readonly key: readonly unknown[];
}

/** A top-k sort: holds the first of many in an order, as many as a query can want; equal ones keep the order in which they came. */
export class TopK {
  readonly #sort: readonly KeyField[];
  readonly #enough: number;
  #held: Sortable[] = [];
  /** What comes behind it is not wanted. */
  #last: Sortable | undefined;

  /** A limit of 0 is none. */
  constructor(query: { sort: readonly KeyField[]; skip: number; limit: number }) {
    this.#sort = query.sort;
    this.#enough = query.limit > 0 ? query.skip + query.limit : Infinity;
  }

  /** The key of one of them. */
  get anyKey(): readonly unknown[] | undefined {
    return this.#held[0]?.key;
  }

  add(one: Sortable): void {
    if (this.#last !== undefined && compareKeys(one.key, this.#last.key, this.#sort) >= 0) return;
    this.#held.push(one);
    if (this.#held.length >= 2 * this.#enough) this.#last = this.inOrder().at(-1);
  }

  /** Those that are wanted, in order. */
  inOrder(): readonly Sortable[] {
    this.#held.sort((left, right) => compareKeys(left.key, right.key, this.#sort));
    if (this.#held.length > this.#enough) this.#held.length = this.#enough;
    return this.#held;
  }
}
