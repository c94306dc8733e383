import { connectStore, type Store } from "@call-log/store";
import { freshDatabase } from "@call-log/testing";
import { afterAll, beforeAll, beforeEach } from "vitest";

import { createTestContext, type TestContext, type TestContextOptions } from "./test-context.ts";

/** A context over a real store on a fresh database for each test of a file. */
export function useStoreContext(): (options?: Partial<TestContextOptions>) => TestContext {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let store: Store;
  beforeAll(async () => {
    database = await freshDatabase();
    store = await connectStore({ uri: database.uri, databaseName: database.databaseName });
  });
  beforeEach(async () => {
    await store.collections.callLogs.deleteMany({});
  });
  afterAll(async () => {
    await store.close();
    await database.close();
  });
  return (options = {}) => createTestContext({ calls: () => store.calls, ...options });
}
