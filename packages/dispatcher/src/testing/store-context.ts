import { connectStore, type Store } from "@call-log/store";
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

/** A context over a real store on a fresh database for each test of a file; both go by the clock of the last context. */
export function useStoreContext(openDatabase: OpenDatabase): StoreContextMaker {
  let database: Awaited<ReturnType<OpenDatabase>>;
  let store: Store;
  let current: TestContext | undefined;
  beforeAll(async () => {
    database = await openDatabase();
    const { uri, databaseName } = database;
    store = await connectStore({ uri, databaseName, now: () => current?.now() ?? new Date() });
    // The clock of these tests stands in the past, and the database would delete by its own.
    await store.collections.calleeTurns.dropIndex("expiry");
    await store.collections.numberRefusals.dropIndex("forgotten");
    await store.collections.deadLetters.dropIndex("retention");
  });
  const empty = async () => {
    await store.collections.callLogs.deleteMany({});
    await store.collections.fences.deleteMany({});
    await store.collections.backlog.deleteMany({});
    await store.collections.budgets.deleteMany({});
    await store.collections.reservations.deleteMany({});
    await store.collections.calleeTurns.deleteMany({});
    await store.collections.deadLetters.deleteMany({});
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
