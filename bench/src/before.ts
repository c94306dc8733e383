import type { connectStore } from "@call-log/store";

import type { BenchMongo } from "./bench-mongo.ts";
import type { seededDatabase } from "./reads/seeded-database.ts";

/** The modules of an older state that a run has to call itself; those are its own, and open no newer database. */
export interface Before {
  connectStore: typeof connectStore;
  /** A corpus in a database of the older state's own. */
  seededDatabase: typeof seededDatabase;
}

/** Load them from the built tree in this folder. */
export async function loadBefore(folder: string): Promise<Before> {
  const store = (await import(storeOf(folder))) as Pick<Before, "connectStore">;
  const seeds = (await import(`${folder}/bench/dist/reads/seeded-database.js`)) as Pick<
    Before,
    "seededDatabase"
  >;
  return {
    connectStore: store.connectStore,
    seededDatabase: (mongo, options) => seeds.seededDatabase(databasesBefore(mongo), options),
  };
}

/** The store of the tree in this folder, as built. */
export function storeOf(folder: string): string {
  return `${folder}/packages/store/dist/index.js`;
}

/** The same server, but names of databases that no newer state opens. */
function databasesBefore(mongo: BenchMongo): BenchMongo {
  return { ...mongo, uriOf: (name) => mongo.uriOf(`${name}-before`) };
}
