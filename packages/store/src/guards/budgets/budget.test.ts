import { randomUUID } from "node:crypto";

import { type FreshDatabase, onEachDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { BSON } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../../collections-for-tests.ts";
import { connectStore } from "../../connect-store.ts";
import type { Store } from "../../store.ts";
import { crashingCollections } from "../../testing/crashing-collections.ts";
import { createBudgetStore } from "./budget-store.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 29);

/** What budgets must do on every database. */
function budgetSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`budgets on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date(0);

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
    });
    beforeEach(async () => {
      clock = new Date(START);
      await empty();
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    const of = (attemptId: string, micro: number) => ({ projectId: "shop", attemptId, micro });
    const empty = async () => {
      await collectionsOf(store).budgets.deleteMany({});
      await collectionsOf(store).reservations.deleteMany({});
    };
    const all = () => store.budgets.findDue(new Date("2100-01-01"), 2000);
    const settle = async (attemptId: string, micro: number, held = false) => {
      const reservation = (await all()).find(({ _id }) => _id === attemptId);
      const checkAt = new Date(clock.getTime() + 1000);
      if (reservation !== undefined)
        await store.budgets.settle("shop", [{ reservation, target: { micro, held }, checkAt }]);
    };
    const committed = async () => (await collectionsOf(store).budgets.findOne())?.committed;

    test("a reservation counts until its cost is known, once", async () => {
      expect(await store.budgets.reserve(of("a-1", 100), { day: 150 })).toEqual({ ok: true });
      expect(await store.budgets.reserve(of("a-1", 100), { day: 150 })).toEqual({ ok: true });
      expect(await store.budgets.reserve(of("b-1", 100), { day: 150 })).toEqual({
        ok: false,
        committed: { day: 100, month: 100, total: 100 },
      });
      await settle("a-1", 13);
      await settle("a-1", 13);
      expect(await committed()).toEqual({ day: 13, month: 13, total: 13 });
      expect(await store.budgets.reserve(of("b-1", 100), { day: 150 })).toEqual({ ok: true });
      expect(await store.budgets.spending("shop")).toMatchObject({ setAside: 100 });
    });

    test("a project without one has spent nothing", async () => {
      expect(await store.budgets.spending("shop")).toEqual({
        committed: { day: 0, month: 0, total: 0 },
        setAside: 0,
      });
    });

    test("of 50 at once, as many get through as fit", async () => {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          store.budgets.reserve(of(`x${index}-1`, 10), { total: 205 }),
        ),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
      expect(await committed()).toEqual({ day: 200, month: 200, total: 200 });
    });

    test("a new day and a new month begin with nothing; what was set aside before counts where it was", async () => {
      await store.budgets.reserve(of("a-1", 100), {});
      clock = new Date(START + DAY_MS);
      await store.budgets.reserve(of("b-1", 100), { day: 100 });
      await settle("a-1", 40);
      expect(await committed()).toEqual({ day: 100, month: 140, total: 140 });
      expect(await store.budgets.spending("shop")).toEqual({
        committed: { day: 100, month: 140, total: 140 },
        setAside: 100,
      });
      clock = new Date(START + 3 * DAY_MS);
      expect(await store.budgets.spending("shop")).toEqual({
        committed: { day: 0, month: 0, total: 140 },
        setAside: 100,
      });
      await store.budgets.reserve(of("c-1", 7), { day: 10, month: 10 });
      await settle("b-1", 30);
      expect(await committed()).toEqual({ day: 7, month: 7, total: 77 });
    });

    test("what its process did not live to post counts in the day in which it is posted", async () => {
      const { collections } = crashingCollections(collectionsOf(store), {
        death: { atStep: 4, isDone: false },
        step: (work) => work(),
      });
      const doomed = createBudgetStore({ collections, now: () => clock });
      await expect(doomed.reserve(of("a-1", 100), {})).rejects.toThrow("killed");
      expect(await all()).toMatchObject([{ target: { micro: 100 } }]);
      expect(await committed()).toEqual({ day: 0, month: 0, total: 0 });
      clock = new Date(START + DAY_MS);
      expect(await store.budgets.reserve(of("a-1", 100), { day: 100 })).toEqual({ ok: true });
      expect(await committed()).toEqual({ day: 100, month: 100, total: 100 });
    });

    test("a look that was overtaken by a newer one changes nothing", async () => {
      await store.budgets.reserve(of("a-1", 100), {});
      const [read] = await all();
      await settle("a-1", 40);
      const old = { reservation: read!, target: { micro: 70, held: false }, checkAt: clock };
      await store.budgets.settle("shop", [old]);
      expect(await committed()).toMatchObject({ total: 40 });
      const [known] = await all();
      await store.budgets.recheck(["a-1"]);
      const later = new Date(START + DAY_MS);
      await store.budgets.settle("shop", [{ reservation: known!, checkAt: later }]);
      expect(await store.budgets.findDue(clock, 10)).toHaveLength(1);
    });

    test("reservations that an earlier release kept in the budget go on as documents", async () => {
      const [day, month] = ["2026-11-29", "2026-11"];
      const reservations = Object.fromEntries(
        Array.from({ length: 1200 }, (_, index) => [
          `old${index}-1`,
          { micro: 100, at: new Date(START), day, month },
        ]),
      );
      const sum = 1200 * 100 + 7;
      const totals = { day: sum, month: sum, total: sum };
      const old = { _id: "shop", day, month, committed: totals, reservations };
      await collectionsOf(store).budgets.insertOne(old as never);
      const asRead = { committed: totals, setAside: 120_000 };
      expect(await store.budgets.spending("shop")).toEqual(asRead);
      expect(await store.budgets.moveOldForm()).toBe(true);
      expect(await store.budgets.moveOldForm()).toBe(false);
      expect(await store.budgets.spending("shop")).toEqual(asRead);
      expect(await collectionsOf(store).reservations.countDocuments()).toBe(1200);
      await settle("old7-1", 40);
      expect(await store.budgets.reserve(of("old8-1", 100), { total: 0 })).toEqual({ ok: true });
      expect(await committed()).toMatchObject({ total: sum - 60 });
      expect(await collectionsOf(store).budgets.findOne()).toMatchObject({ reservations: {} });
    });

    test("a budget stays small, however many reservations are open", async () => {
      let largest = 0;
      // Forty at once, and then as many as a server bears whose writers wait for each other.
      for (const atOnce of [40, ...Array.from({ length: 45 }, () => 8)]) {
        const ids = Array.from({ length: atOnce }, () => `${randomUUID()}-1`);
        await Promise.all(ids.map((id) => store.budgets.reserve(of(id, 10), {})));
        const found = await collectionsOf(store).budgets.findOne();
        largest = Math.max(largest, BSON.calculateObjectSize(found!));
      }
      expect(await store.budgets.spending("shop")).toMatchObject({ setAside: 4000 });
      expect(largest).toBeLessThan(12_000);
      const [one] = await collectionsOf(store).reservations.find().limit(1).toArray();
      expect(BSON.calculateObjectSize(one!)).toBeLessThan(500);
    });

    test("any order of reservations and settlements adds up, and no cap is passed", async () => {
      const attempt = fc.integer({ min: 0, max: 5 }).map((number) => `p${number}-1`);
      const step = fc.oneof(
        fc.record({
          act: fc.constant("reserve" as const),
          attempt,
          micro: fc.integer({ min: 0, max: 60 }),
        }),
        fc.record({
          act: fc.constant("settle" as const),
          attempt,
          micro: fc.integer({ min: 0, max: 60 }),
        }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          await empty();
          const reserved = new Map<string, number>();
          const answers: boolean[] = [];
          const expected: boolean[] = [];
          const settled = new Map<string, number>();
          const sum = () =>
            [...reserved].reduce((all, [id, micro]) => all + (settled.get(id) ?? micro), 0);
          for (const { act, attempt: id, micro } of steps)
            if (act === "settle") {
              if (reserved.has(id)) {
                await settle(id, micro);
                settled.set(id, micro);
              }
            } else {
              const fits = reserved.has(id) || sum() + micro <= 100;
              expected.push(fits);
              answers.push((await store.budgets.reserve(of(id, micro), { total: 100 })).ok);
              if (fits && !reserved.has(id)) reserved.set(id, micro);
            }
          expect(answers).toEqual(expected);
          expect((await committed())?.total ?? 0).toBe(sum());
        }),
        { numRuns: databaseRuns(25) },
      );
    });
  });
}

onEachDatabase(budgetSuite);
