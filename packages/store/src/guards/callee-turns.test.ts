import type { CalleeLimit } from "@call-log/model";
import { type FreshDatabase, onEachDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import type { CalleeTurnStore } from "./callee-turn-store.ts";

const START = Date.UTC(2026, 10, 29);
const NUMBER = "+15559998888";

const limit = fc.record({
  calls: fc.integer({ min: 1, max: 4 }),
  seconds: fc.integer({ min: 1, max: 30 }),
});
/** Attempts that ask at the same moment, at two processes in turn, and the seconds until the next do. */
const round = fc.record({
  asking: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
  seconds: fc.integer({ min: 0, max: 10 }),
});

/** What turns at a callee must do on every database. */
function calleeTurnSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`turns at a callee on ${name}`, () => {
    let database: FreshDatabase;
    let stores: [Store, Store];
    let clock = new Date(0);

    beforeAll(async () => {
      database = await fresh();
      const open = () => connectStore(database);
      stores = [await open(), await open()];
    });
    beforeEach(async () => {
      clock = new Date(START);
      await collectionsOf(stores[0]).calleeTurns.deleteMany({});
    });
    afterAll(async () => {
      await Promise.all((stores ?? []).map((store) => store.close()));
      await database?.close();
    });

    const turnsOf = (index: number): CalleeTurnStore => stores[index % 2 === 0 ? 0 : 1].calleeTurns;
    const take = (attempt: number | string, limits: readonly CalleeLimit[], projectId = "shop") =>
      turnsOf(Number(attempt)).take(
        { projectId, toNumber: NUMBER, attemptId: `${attempt}`, now: clock },
        limits,
      );
    const pass = (seconds: number) => {
      clock = new Date(clock.getTime() + seconds * 1000);
    };

    test("are taken up to the limit, and again when the window has passed", async () => {
      const limits = [{ calls: 1, seconds: 60 }];
      expect(await take(1, limits)).toBeUndefined();
      expect(await take(2, limits)).toEqual({ at: new Date(START + 60_000), limit: limits[0] });
      pass(59.999);
      expect(await take(2, limits)).toBeDefined();
      pass(0.001);
      expect(await take(2, limits)).toBeUndefined();
    });

    test("are of a project", async () => {
      const limits = [{ calls: 1, seconds: 60 }];
      expect(await take(1, limits)).toBeUndefined();
      expect(await take(2, limits, "other")).toBeUndefined();
    });

    test("are not taken twice by one attempt, whose call begins when it asked last", async () => {
      const limits = [{ calls: 1, seconds: 60 }];
      await take(1, limits);
      pass(30);
      expect(await take(1, limits)).toBeUndefined();
      expect(await take(2, limits)).toMatchObject({ at: new Date(START + 90_000) });
    });

    test("are given back by what was not dialled", async () => {
      const limits = [{ calls: 1, seconds: 60 }];
      await take(1, limits);
      await turnsOf(0).giveBack({ projectId: "shop", toNumber: NUMBER, attemptId: "1" });
      expect(await take(2, limits)).toBeUndefined();
    });

    test("of 50 at once as many get through as may, at two processes", async () => {
      const limits = [
        { calls: 7, seconds: 60 },
        { calls: 9, seconds: 3600 },
      ];
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => take(index, limits)),
      );
      expect(answers.filter((wait) => wait === undefined)).toHaveLength(7);
    });

    test("keep no number, and go by themselves", async () => {
      await take(1, [{ calls: 1, seconds: 60 }]);
      const [kept] = await collectionsOf(stores[0]).calleeTurns.find().toArray();
      expect(JSON.stringify(kept)).not.toContain(NUMBER.slice(1));
      expect(kept?.expireAt).toEqual(new Date(START + 60_000));
    });

    test("property: no window ever has more than its calls, and nobody waits for ever", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(limit, { minLength: 1, maxLength: 3 }),
          fc.array(round, { minLength: 1, maxLength: 12 }),
          async (limits, rounds) => {
            await collectionsOf(stores[0]).calleeTurns.deleteMany({});
            const begun = new Map<number, Date>();
            for (const { asking, seconds } of rounds) {
              const answers = await Promise.all(
                [...new Set(asking)].map(async (one) => ({ one, wait: await take(one, limits) })),
              );
              for (const { one, wait } of answers) if (wait === undefined) begun.set(one, clock);
              const waits = answers.flatMap(({ wait }) => wait ?? []);
              expect(waits.every(({ at }) => at > clock)).toBe(true);
              for (const { calls, seconds: length } of limits)
                expect(mostIn([...begun.values()], length)).toBeLessThanOrEqual(calls);
              pass(seconds);
            }
            pass(30);
            expect(await take(13, limits)).toBeUndefined();
          },
        ),
        { numRuns: databaseRuns(40) },
      );
    });
  });
}

/** Most of these times that any stretch of so many seconds has, its end not counted. */
function mostIn(times: readonly Date[], seconds: number): number {
  const counts = times.map((begin) => {
    const since = begin.getTime();
    return times.filter(
      (time) => time.getTime() >= since && time.getTime() < since + seconds * 1000,
    ).length;
  });
  return Math.max(0, ...counts);
}

onEachDatabase(calleeTurnSuite);
