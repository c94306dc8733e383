import { type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { collectionsOf } from "../../collections-for-tests.ts";
import { connectStore } from "../../connect-store.ts";
import type { Store } from "../../store.ts";
import { crashingCollections } from "../../testing/crashing-collections.ts";
import { type BudgetStore, createBudgetStore } from "./budget-store.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 28, 12);
const CAP = 100;
const STEPS = 8;
const FOREVER = new Date("2100-01-01");

/** What a process does that may stand still, and what others do meanwhile. */
interface Acts {
  budgets: BudgetStore;
  reserve: (id: string) => Promise<unknown>;
  /** What costs money is charged so much, in micro-dollars; without an amount everything settled is removed. */
  settle: (id: string, micro?: number) => Promise<void>;
  nextDay: () => void;
}

/** Each of these ends with a reservation of another attempt, by which all postings before it are noted. */
const MEANWHILE: Readonly<Record<string, (acts: Acts) => Promise<unknown>>> = {
  "nothing happens": async () => {},
  "it is reserved": ({ reserve }) => reserve("p0-1"),
  "it is reserved and noted": async ({ reserve }) => {
    await reserve("p0-1");
    await reserve("p1-1");
  },
  "it is reserved, noted and settled": async ({ reserve, settle }) => {
    await reserve("p0-1");
    await reserve("p1-1");
    await settle("p0-1", 7);
    await reserve("p2-1");
  },
  "it is reserved, and a day begins": async ({ reserve, nextDay }) => {
    await reserve("p0-1");
    nextDay();
    await reserve("p1-1");
  },
  "a day begins": async ({ reserve, nextDay }) => {
    nextDay();
    await reserve("p1-1");
  },
  "others use the money up": async ({ reserve }) => {
    for (const id of ["p1-1", "p2-1", "p3-1"]) await reserve(id);
  },
};

const ACTS: Readonly<Record<string, (acts: Acts) => Promise<unknown>>> = {
  reserves: ({ reserve }) => reserve("p0-1"),
  "settles what was reserved": ({ settle }) => settle("p0-1", 9),
};

/** What must hold on every database when a process stands still in the middle, for however long, and goes on then. */
function budgetStallsSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`budgets on ${name}, while a process stands still`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date(0);
    const now = () => clock;

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now });
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    function actsOf(budgets: BudgetStore): Acts {
      const caps = { day: CAP, month: CAP, total: CAP };
      return {
        budgets,
        reserve: (attemptId) => budgets.reserve({ projectId: "shop", attemptId, micro: 30 }, caps),
        async settle(id, micro = 0) {
          const due = await budgets.findDue(FOREVER, 100);
          const reservation = due.find(({ _id }) => _id === id);
          if (reservation === undefined) return;
          const target = { micro, held: false };
          await budgets.settle("shop", [{ reservation, target, checkAt: now() }]);
        },
        nextDay: () => void (clock = new Date(clock.getTime() + DAY_MS)),
      };
    }

    const others = () =>
      actsOf(createBudgetStore({ collections: collectionsOf(store), now, manyRecent: 1 }));

    /** Let a process act up to this step, others act, and the process go on. */
    async function stall(act: (acts: Acts) => Promise<unknown>, at: number, meanwhile: string) {
      let goOn = () => {};
      const gate = new Promise<void>((resolve) => (goOn = resolve));
      let stands = () => {};
      const isStanding = new Promise<void>((resolve) => (stands = resolve));
      const { collections } = crashingCollections(collectionsOf(store), {
        death: undefined,
        step: async (work, index) => {
          if (index === at) stands();
          if (index === at) await gate;
          return work();
        },
      });
      const acting = act(actsOf(createBudgetStore({ collections, now, manyRecent: 1 })));
      await Promise.race([isStanding, acting]);
      await MEANWHILE[meanwhile]!(others());
      goOn();
      await acting;
    }

    const cases = Object.keys(ACTS).flatMap((act) => Object.keys(MEANWHILE).map((m) => [act, m]));
    test.each(cases)("that %s: %s; every amount counts once", async (act, meanwhile) => {
      for (let step = 0; step < STEPS; step += 1) {
        clock = new Date(START);
        await collectionsOf(store).budgets.deleteMany({});
        await collectionsOf(store).reservations.deleteMany({});
        if (act !== "reserves") await others().reserve("p0-1");
        await stall(ACTS[act!]!, step, meanwhile!);
        const at = `step ${step}`;
        const before = await store.budgets.spending("shop");
        expect(before.committed.total, at).toBeLessThanOrEqual(CAP);
        const known = await collectionsOf(store).reservations.find().toArray();
        let cost = 0;
        for (const [index, { _id }] of known.entries()) {
          await others().settle(_id, index + 1);
          cost += index + 1;
        }
        const { setAside, committed } = await store.budgets.spending("shop");
        expect({ at, setAside, total: committed.total }).toEqual({ at, setAside: 0, total: cost });
        const today = clock.toISOString().slice(0, 10);
        const ofToday = known.flatMap(({ day }, index) => (day === today ? index + 1 : []));
        expect(committed.day, at).toBe(ofToday.reduce((sum, micro) => sum + micro, 0));
      }
    });
  });
}

onEachDatabase(budgetStallsSuite);
