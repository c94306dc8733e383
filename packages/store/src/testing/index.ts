export type { Collections } from "../collections.ts";
export { collectionsOf } from "../collections-for-tests.ts";
