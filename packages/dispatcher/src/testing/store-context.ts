import { connectStore, type Store } from "@call-log/store";
import { afterAll, beforeAll, beforeEach } from "vitest";

import { createTestContext, type TestContext, type TestContextOptions } from "./test-context.ts";

/** An empty database, as `freshDatabase` gives it. */
type OpenDatabase = () => Promise<{ uri: string; databaseName: string; close(): Promise<void> }>;

/** A context over a real store on a fresh database for each test of a file. */
export function useStoreContext(
  openDatabase: OpenDatabase,
): (options?: Partial<TestContextOptions>) => TestContext {
  let database: Awaited<ReturnType<OpenDatabase>>;
  let store: Store;
  beforeAll(async () => {
    database = await openDatabase();
    store = await connectStore({ uri: database.uri, databaseName: database.databaseName });
  });
  beforeEach(async () => {
    await store.collections.callLogs.deleteMany({});
    await store.collections.fences.deleteMany({});
    await store.collections.budgets.deleteMany({});
  });
  afterAll(async () => {
    await store.close();
    await database.close();
  });
  return (options = {}) =>
    createTestContext({
      calls: () => store.calls,
      fences: store.fences,
      budgets: store.budgets,
      ...options,
    });
}
