import type { ProblemState } from "@call-log/model";
import { type FreshDatabase, keepExpired, onEachDatabase } from "@call-log/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";

const STATE: ProblemState = {
  key: "call-stuck|p|",
  rule: "call-stuck",
  projectId: "p",
  problemId: "problem-1",
  text: "1 call is overdue",
  since: new Date("2099-01-01T00:00:00Z"),
  state: "pending",
};
const OPEN = { ...STATE, state: "open" } as const;

function problemStoreSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`problems on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock = new Date();
    const pass = (seconds: number) => {
      clock = new Date(clock.getTime() + seconds * 1000);
    };
    /** The state as it is kept now. */
    const kept = async () => (await store.problems.states())[0];
    const begin = async () => {
      await store.problems.step(undefined, { state: STATE });
      return store.problems.step(await kept(), { state: OPEN, event: "began" });
    };

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
      await keepExpired(collectionsOf(store));
    });
    beforeEach(async () => {
      clock = new Date("2099-01-01T00:00:00Z");
      for (const collection of Object.values(collectionsOf(store))) await collection.deleteMany({});
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    test("one process at a time has the turn, and another one when that is dead", async () => {
      const turns = () => Promise.all([1, 2, 3].map(() => store.problems.takeTurn(10)));
      expect((await turns()).filter(Boolean)).toHaveLength(1);
      pass(9);
      expect(await turns()).toEqual([false, false, false]);
      pass(1);
      expect((await turns()).filter(Boolean)).toHaveLength(1);
    });

    test("a problem is current from its beginning to its end, to its project and to operators", async () => {
      await store.problems.step(undefined, { state: STATE });
      expect(await store.problems.current()).toEqual([]);
      await store.problems.step(await kept(), { state: OPEN, event: "began" });
      const { problemId: id, rule, projectId, text, since } = STATE;
      const shown = [{ id, rule, projectId, subject: undefined, text, since }];
      expect(await store.problems.current()).toEqual(shown);
      expect(await store.problems.current("p")).toEqual(shown);
      expect(await store.problems.current("q")).toEqual([]);
      expect(await store.problems.current(null)).toEqual([]);
      await store.problems.step(await kept(), { state: undefined, event: "ended" });
      expect(await store.problems.current()).toEqual([]);
      expect((await store.problems.events(9)).map(({ kind }) => kind).toSorted()).toEqual([
        "began",
        "ended",
      ]);
    });

    test("processes that look at the same time write one event", async () => {
      await Promise.all([1, 2].map(() => store.problems.step(undefined, { state: STATE })));
      const before = await kept();
      const written = await Promise.all(
        [1, 2, 3].map(() => store.problems.step(before, { state: OPEN, event: "began" })),
      );
      expect(written.filter((event) => event !== undefined)).toMatchObject([
        { eventId: "problem-1-began", id: "problem-1", kind: "began", projectId: "p" },
      ]);
      expect(await store.problems.current()).toHaveLength(1);
    });

    test("a look that comes too late changes nothing", async () => {
      await begin();
      const late = await kept();
      await store.problems.step(late, { state: { ...OPEN, text: "2 calls are overdue" } });
      await store.problems.step(late, { state: { ...OPEN, text: "3 calls are overdue" } });
      await store.problems.step(late, { state: undefined, event: "ended" });
      expect((await store.problems.current())[0]?.text).toBe("2 calls are overdue");
    });

    test("an event is taken by one process, and by another one when that has died", async () => {
      await begin();
      const take = () => store.problems.takeDue("webhook", 30);
      const taken = await Promise.all([take(), take()]);
      expect(taken.filter((event) => event !== undefined)).toMatchObject([{ tries: 1 }]);
      pass(30);
      expect(await take()).toMatchObject({ eventId: "problem-1-began", tries: 2 });
      await store.problems.noteTry("webhook", "problem-1-began", { result: "delivered" });
      pass(3600);
      expect(await take()).toBeUndefined();
    });

    test("each channel has its own tries, and a channel that was set up later gets no old news", async () => {
      await begin();
      expect(await store.problems.takeDue("webhook", 30)).toMatchObject({ tries: 1 });
      expect(await store.problems.takeDue("call", 30)).toMatchObject({ tries: 1 });
      await store.problems.noteTry("webhook", "problem-1-began", { nextAt: clock });
      expect(await store.problems.takeDue("webhook", 30)).toMatchObject({ tries: 2 });
      expect(await store.problems.placedSince(clock)).toBe(false);
      await store.problems.noteTry("call", "problem-1-began", { result: "placed" });
      expect(await store.problems.placedSince(clock)).toBe(true);
      await store.problems.step(await kept(), { state: undefined, event: "ended" });
      pass(3601);
      expect(await store.problems.takeDue("call", 30)).toBeUndefined();
    });
  });
}

onEachDatabase(problemStoreSuite);
