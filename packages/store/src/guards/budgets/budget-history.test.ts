import { type FreshDatabase, onEachDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { collectionsOf } from "../../collections-for-tests.ts";
import { connectStore } from "../../connect-store.ts";
import type { Store } from "../../store.ts";
import { type Death, crashingCollections } from "../../testing/crashing-collections.ts";
import { type BudgetStore, type Charge, createBudgetStore } from "./budget-store.ts";
import { periodOf } from "./open-budget.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 10, 29, 12);
const CAP = 100;
const FOREVER = new Date("2100-01-01");

/**
 * What the call log says of an attempt: what was set aside, what it counts, and in which day; undefined before it is
 * dialled or over.
 */
interface Logged {
  micro: number;
  held: boolean;
  reserved: number;
  day: string;
}

/**
 * One thing that one process does. The cost of an attempt is at most what was set aside, so that no cap can be passed.
 */
interface Act {
  act: "reserve" | "cost" | "end" | "look" | "midnight";
  attempt: string;
  micro: number;
  /** Its cost, as a share of what was set aside; null while it is not known. */
  share: number | null;
  death: Death | undefined;
  /** The step in the database before which the process stands still until the next group is over. */
  stall: number | undefined;
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const act: fc.Arbitrary<Act> = fc.record({
  act: fc.constantFrom("reserve", "reserve", "cost", "cost", "look", "look", "end", "midnight"),
  attempt: fc.constantFrom("p0-1", "p1-1", "p2-1"),
  micro: fc.integer({ min: 1, max: 60 }),
  share: fc.constantFrom(null, 0, 0.25, 1),
  death: maybe(fc.record({ atStep: fc.integer({ min: 0, max: 8 }), isDone: fc.boolean() })),
  stall: maybe(fc.integer({ min: 0, max: 6 })),
});
/** Acts of a group run at the same time, each in a process of its own; or all that is settled is removed. */
const history = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.array(act, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constant("remove" as const) },
  ),
  { maxLength: 8 },
);
const many = fc.constantFrom(1, 3, 32);

/** What budgets must come to on every database, whatever happened to the processes that changed them. */
function budgetHistorySuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`the history of budgets on ${name}`, () => {
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

    /** The log of one history, and the acts on it. */
    function world() {
      const log = new Map<string, Logged | "over">();

      async function look(budgets: BudgetStore, mayGo: (id: string) => boolean): Promise<void> {
        const due = await budgets.findDue(FOREVER, 100);
        const charges = due.map((reservation): Charge => {
          const logged = log.get(reservation._id);
          const checkAt = new Date(clock.getTime() + 1000);
          if (logged === undefined) return { reservation, checkAt };
          const { micro, held } = logged === "over" ? { micro: 0, held: false } : logged;
          const isKept = held || !mayGo(reservation._id);
          return { reservation, target: { micro, held }, ...(isKept && { checkAt }) };
        });
        await budgets.settle("shop", charges);
      }

      async function run(budgets: BudgetStore, { act: name, ...one }: Act): Promise<void> {
        const { attempt: attemptId, micro, share } = one;
        const find = () => collectionsOf(store).reservations.findOne({ _id: attemptId });
        if (name === "look") return look(budgets, () => false);
        if (name === "midnight") return void (clock = new Date(clock.getTime() + DAY_MS));
        if (name === "end") return void (log.has(attemptId) || log.set(attemptId, "over"));
        if (name === "reserve") {
          if (log.has(attemptId)) return;
          const caps = { day: CAP, month: CAP, total: CAP };
          const { ok } = await budgets.reserve({ projectId: "shop", attemptId, micro }, caps);
          const made = ok ? await find() : null;
          // The claim: one process gets it, and only while the call is open.
          if (made === null || log.has(attemptId)) return;
          const { reserved, day } = made;
          log.set(attemptId, { reserved, day, micro: reserved, held: true });
          return;
        }
        const isKept = (await find()) !== null;
        const logged = log.get(attemptId);
        if (!isKept || logged === undefined || logged === "over") return;
        const cost = Math.round(logged.reserved * (share ?? 1));
        log.set(attemptId, { ...logged, micro: cost, held: share === null });
        await budgets.recheck([attemptId]);
      }

      return { log, look, run };
    }

    function expected(log: ReadonlyMap<string, Logged | "over">) {
      const { day, month } = periodOf(clock);
      const known = [...log.values()].flatMap((logged) => (logged === "over" ? [] : logged));
      const sum = (counted: readonly Logged[]) =>
        counted.reduce((all, { micro }) => all + micro, 0);
      return {
        setAside: sum(known.filter(({ held }) => held)),
        committed: {
          day: sum(known.filter((one) => one.day === day)),
          month: sum(known.filter((one) => one.day.startsWith(month))),
          total: sum(known),
        },
      };
    }

    async function withinCaps(): Promise<void> {
      const sums = await collectionsOf(store).budgets.findOne();
      const { day = 0, month = 0, total = 0 } = sums?.committed ?? {};
      expect(Math.max(day, month, total)).toBeLessThanOrEqual(CAP);
    }

    test("is the same as the log's, to the micro-dollar, and never above a cap", async () => {
      const { budgets, reservations } = collectionsOf(store);
      await fc.assert(
        fc.asyncProperty(history, many, fc.scheduler(), async (groups, manyRecent, scheduler) => {
          await budgets.deleteMany({});
          await reservations.deleteMany({});
          clock = new Date(START);
          const { log, look, run } = world();
          let stalled: { act: Act; done: Promise<void> }[] = [];
          let goOn = () => {};
          for (const group of [...groups, []]) {
            if (group === "remove") {
              // Nobody stands still for a week between the call that is read and its reservation.
              const isAwaited = (id: string) =>
                stalled.some(({ act: { act, attempt } }) => act === "reserve" && attempt === id);
              await look(store.budgets, (id) => !isAwaited(id));
              continue;
            }
            let open = () => {};
            const gate = new Promise<void>((resolve) => (open = resolve));
            const started = group.map((one) => {
              const mortal = crashingCollections(collectionsOf(store), {
                death: one.death,
                step: async (work, index) => {
                  if (index === one.stall) await gate;
                  return scheduler.schedule(Promise.resolve()).then(work);
                },
              });
              const { collections } = mortal;
              const done = mortal.live(
                run(createBudgetStore({ collections, now, manyRecent }), one),
              );
              return { act: one, done: done.then(withinCaps) };
            });
            const quick = started.filter(({ act: { stall } }) => stall === undefined);
            await scheduler.waitFor(Promise.all(quick.map(({ done }) => done)));
            goOn();
            await scheduler.waitFor(Promise.all(stalled.map(({ done }) => done)));
            goOn = open;
            stalled = started.filter(({ act: { stall } }) => stall !== undefined);
          }
          // What was never dialled ends.
          for (const { _id } of await reservations.find().toArray())
            if (!log.has(_id)) log.set(_id, "over");
          await look(store.budgets, () => false);
          expect(await store.budgets.spending("shop")).toEqual(expected(log));
          await look(store.budgets, () => false);
          expect(await store.budgets.spending("shop")).toEqual(expected(log));
        }),
        { numRuns: databaseRuns(100) },
      );
    });
  });
}

onEachDatabase(budgetHistorySuite);
