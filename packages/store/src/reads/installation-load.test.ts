import type { CallRecord } from "@call-log/model";
import {
  callRecord,
  type FreshDatabase,
  freshEmbeddedDatabase,
  keepExpired,
  onEachDatabase,
} from "@call-log/testing";
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { openCollections } from "../collections.ts";
import { connectStore } from "../connect-store.ts";
import { ensureIndexes } from "../indexes.ts";
import type { Store } from "../store.ts";
import { HELD, WAKING } from "./installation-load.ts";

const NOW = new Date("2099-01-01T12:00:00Z");
const before = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

function installationLoadSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`load of an installation on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => NOW });
      await keepExpired(collectionsOf(store));
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    test("nothing is open in an empty one", async () => {
      expect(await store.load()).toEqual({
        open: { Scheduled: 0, Queued: 0, Dialing: 0, Ringing: 0, "In Progress": 0, Unknown: 0 },
        held: {},
        stuck: 0,
        pricesPending: 0,
        oldestPriceAt: undefined,
        backlog: 0,
        budgets: [],
      });
    });

    test("open, held and stuck calls, awaited prices and budgets count over all projects", async () => {
      const poor = await store.projects.create({
        name: "Poor",
        budget: { perDayUSD: "10.00", reserveUSD: "0.10" },
      });
      const shop = await store.projects.create({ name: "Shop" });
      const soon = new Date(NOW.getTime() + 1000);
      const calls: Partial<CallRecord>[] = [
        { status: "Queued", wakeAt: soon },
        { status: "Queued", wakeAt: before(61), projectId: poor._id },
        { status: "Unknown", wakeAt: soon },
        { status: "Scheduled", wakeAt: soon, waitsFor: "quiet-hours", projectId: poor._id },
        { status: "Completed", pricing: "final" },
        { status: "Completed", pricing: "pending", wakeAt: soon, createdAt: before(500) },
        { status: "Busy", pricing: "pending", wakeAt: before(90), createdAt: before(900) },
        { status: "Ringing", pricing: "pending", wakeAt: soon, createdAt: before(5000) },
      ];
      await store.calls.insertMany(calls.map((one) => callRecord({ projectId: shop._id, ...one })));
      await store.backlog.add([
        { attemptId: "a-1", projectId: shop._id, callLogId: "a", attemptNumber: 1, dueAt: NOW },
      ]);
      await store.budgets.reserve(
        { attemptId: "b-1", projectId: poor._id, micro: 100_000 },
        { day: 10_000_000 },
      );
      const load = await store.load();
      expect(load).toMatchObject({
        open: { Scheduled: 1, Queued: 2, Dialing: 0, Ringing: 1, "In Progress": 0, Unknown: 1 },
        held: { "quiet-hours": 1 },
        stuck: 1,
        pricesPending: 2,
        oldestPriceAt: before(900),
        backlog: 1,
      });
      expect(load.budgets).toEqual([
        {
          projectId: poor._id,
          budget: { perDayUSD: "10.00", reserveUSD: "0.10" },
          spending: {
            committed: { day: 100_000, month: 100_000, total: 100_000 },
            setAside: 100_000,
          },
        },
      ]);
    });
  });
}

onEachDatabase(installationLoadSuite);

test("the embedded server reads the indexes of open calls, not every call", async () => {
  await using database = await freshEmbeddedDatabase();
  await using client = await MongoClient.connect(database.uri);
  const opened = client.db(database.databaseName);
  await ensureIndexes(opened);
  for (const match of [WAKING, HELD]) {
    const plan = JSON.stringify(await openCollections(opened).callLogs.find(match).explain());
    expect(plan).toContain("IXSCAN");
    expect(plan).not.toContain("COLLSCAN");
  }
});
