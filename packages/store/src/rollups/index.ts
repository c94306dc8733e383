export { createCountCalls } from "./count-calls.ts";
export { createRollupStore, type RollupStore } from "./rollup-store.ts";
