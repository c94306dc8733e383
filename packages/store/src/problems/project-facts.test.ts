import {
  anAttempt,
  callRecord,
  type FreshDatabase,
  keepExpired,
  onEachDatabase,
} from "@call-log/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import { HEALTH_CALL_TAG } from "./project-facts.ts";

const NOW = new Date("2026-11-26T10:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

function projectFactsSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`what is wrong with projects, on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let shop: string;
    const read = () => store.projectFacts.read({ now: NOW, unknownSeconds: 120 });

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => NOW });
      await keepExpired(collectionsOf(store));
    });
    beforeEach(async () => {
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
      const budget = { perDayUSD: "25.00", prepaidUSD: "100.00" };
      shop = (await store.projects.create({ name: "Shop", budget } as never))._id;
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    test("calls that nobody has looked at for a minute are stuck, open ones alone", async () => {
      const calls = [
        callRecord({ projectId: shop, status: "Queued", wakeAt: ago(61) }),
        callRecord({ projectId: shop, status: "Dialing", wakeAt: ago(90) }),
        callRecord({ projectId: shop, status: "Queued", wakeAt: ago(59) }),
        callRecord({ projectId: shop, status: "Completed", wakeAt: ago(90) }),
        callRecord({ projectId: shop, status: "Queued", wakeAt: ago(99), tags: [HEALTH_CALL_TAG] }),
      ];
      await store.calls.insertMany(calls);
      expect((await read()).stuck).toEqual({
        projects: [{ projectId: shop, calls: 2, oldestId: calls[1]!._id }],
        isWhole: true,
      });
    });

    test("calls are held when their fate is unknown for twice the time they are looked for", async () => {
      const unknown = (seconds: number) =>
        anAttempt("", { state: "unknown", claimedAt: ago(seconds) });
      const lost = { ...unknown(900), outcome: "lost" as const };
      // The last look-up was a moment ago.
      const held = { projectId: shop, status: "Unknown", createdAt: ago(900), updatedAt: ago(1) };
      const calls = [
        callRecord({ ...held, attempts: [unknown(240)] }),
        callRecord({ ...held, attempts: [unknown(239)] }),
        callRecord({ ...held, attempts: [lost, unknown(60)] }),
        callRecord({ ...held, attempts: [unknown(240)], tags: [HEALTH_CALL_TAG] }),
      ];
      await store.calls.insertMany(calls);
      expect((await read()).unknown).toEqual({
        projects: [{ projectId: shop, calls: 1, oldestId: calls[0]!._id }],
        isWhole: true,
      });
    });

    test("budgets are spent by what is charged and set aside", async () => {
      await store.budgets.reserve(
        { attemptId: "a", projectId: shop, micro: 20_000_000 },
        { day: 25_000_000 },
      );
      const { budgets } = await read();
      expect(budgets).toEqual([
        { projectId: shop, cap: "day", capUSD: "25.00", committedUSD: "20.00", share: 0.8 },
        { projectId: shop, cap: "prepaid", capUSD: "100.00", committedUSD: "20.00", share: 0.2 },
      ]);
    });

    test("refused requests count until somebody settles them", async () => {
      const letter = { reason: "x", failure: "refused", attempts: 1, jobId: "1" };
      await store.deadLetters.keep({ ...letter, _id: "one", projectId: shop } as never);
      await store.deadLetters.keep({ ...letter, _id: "two" } as never);
      const { refused } = await read();
      expect(refused.projects).toHaveLength(2);
      expect(refused.projects).toEqual(
        expect.arrayContaining([
          { projectId: shop, requests: 1 },
          { projectId: null, requests: 1 },
        ]),
      );
      const acting = { actor: { kind: "system" as const } };
      await store.deadLetters.settle("one", { state: "dropped" }, { acting });
      expect((await read()).refused.projects).toEqual([{ projectId: null, requests: 1 }]);
    });
  });
}

onEachDatabase(projectFactsSuite);
