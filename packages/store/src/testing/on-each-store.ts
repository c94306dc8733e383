import { FIXTURE_TIME, type FreshDatabase, keepExpired, onEachDatabase } from "@call-log/testing";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";

/** A store whose database is emptied and whose clock is set before each test. */
export interface RunningStore {
  database: FreshDatabase;
  store: Store;
  clock: Date;
}

/** The time so many milliseconds after that of the fixtures. */
export function later(milliseconds: number): Date {
  return new Date(FIXTURE_TIME.getTime() + milliseconds);
}

/** Runs a suite on a store of each database. */
export function onEachStore(suite: (running: RunningStore) => void): void {
  onEachDatabase((name, fresh) => {
    describe(`store on ${name}`, () => {
      const running = { clock: new Date(0) } as RunningStore;

      beforeAll(async () => {
        running.database = await fresh();
        running.store = await connectStore({ ...running.database, now: () => running.clock });
        await keepExpired(collectionsOf(running.store));
      });
      beforeEach(async () => {
        running.clock = later(5000);
        const collections = Object.values(collectionsOf(running.store));
        for (const collection of collections) await collection.deleteMany({});
      });
      afterAll(async () => {
        await running.store?.close();
        await running.database?.close();
      });

      suite(running);
    });
  });
}
