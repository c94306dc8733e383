import type { Collections } from "./collections.ts";
import type { Store } from "./store.ts";

const opened = new WeakMap<Store, Collections>();

/** Note which collections a store works on. */
export function noteCollections(store: Store, collections: Collections): void {
  opened.set(store, collections);
}

/**
 * The collections under a store, for tests: product code asks the store. Throws for an object that `connectStore` did
 * not make.
 */
export function collectionsOf(store: Store): Collections {
  const collections = opened.get(store);
  if (collections === undefined) throw new Error("this store was not made by connectStore");
  return collections;
}
