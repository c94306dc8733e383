export type { Collections } from "../collections.ts";
export { collectionsOf } from "../store-collections.ts";
