import { connectStore, type Store } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, beforeEach } from "vitest";

import { createTestContext, type TestContext, type TestContextOptions } from "./test-context.ts";

/** An empty database, as `freshDatabase` gives it. */
type OpenDatabase = () => Promise<{ uri: string; databaseName: string; close(): Promise<void> }>;

/** Makes a context; `empty` forgets all calls and what goes with them, as before each test. */
export interface StoreContextMaker {
  (options?: Partial<TestContextOptions>): TestContext;
  empty(): Promise<void>;
  /** The store itself, for what a context does not use by default: real projects, pauses, marks. */
  store(): Store;
}

/**
 * A context over a real store on a fresh database for each test of a file; both go by the clock of the last context.
 */
export function useStoreContext(openDatabase: OpenDatabase): StoreContextMaker {
  let database: Awaited<ReturnType<OpenDatabase>>;
  let store: Store;
  let current: TestContext | undefined;
  beforeAll(async () => {
    database = await openDatabase();
    const { uri, databaseName } = database;
    store = await connectStore({ uri, databaseName, now: () => current?.now() ?? new Date() });
    // The clock of these tests stands in the past, and the database would delete by its own.
    await collectionsOf(store).calleeTurns.dropIndex("expiry");
    await collectionsOf(store).numberRefusals.dropIndex("forgotten");
    await collectionsOf(store).deadLetters.dropIndex("retention");
  });
  const empty = async () => {
    await collectionsOf(store).callLogs.deleteMany({});
    await collectionsOf(store).fences.deleteMany({});
    await collectionsOf(store).backlog.deleteMany({});
    await collectionsOf(store).budgets.deleteMany({});
    await collectionsOf(store).reservations.deleteMany({});
    await collectionsOf(store).calleeTurns.deleteMany({});
    await collectionsOf(store).deadLetters.deleteMany({});
  };
  beforeEach(empty);
  afterAll(async () => {
    await store.close();
    await database.close();
  });
  const make = (options: Partial<TestContextOptions> = {}) => {
    current = createTestContext({
      calls: () => store.calls,
      purposeLocks: store.purposeLocks,
      backlog: store.backlog,
      budgets: store.budgets,
      calleeTurns: store.calleeTurns,
      line: store.audit.line,
      deadLetters: store.deadLetters,
      ...options,
    });
    return current;
  };
  return Object.assign(make, { empty, store: () => store });
}
