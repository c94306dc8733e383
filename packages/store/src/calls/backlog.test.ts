import type { Priority } from "@call-log/model";
import { type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import { type BackloggedAttempt, type CallClass, createBacklogStore } from "./backlog-store.ts";

const START = Date.UTC(2026, 10, 29);
const NOW = new Date(START + 3_600_000);

/** What the backlog must do on every database. */
function backlogSuite(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`the backlog on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore(database);
    });
    beforeEach(async () => {
      await collectionsOf(store).backlog.deleteMany({});
    });
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    const opened = () => createBacklogStore(collectionsOf(store).backlog);
    const idsOf = (attempts: BackloggedAttempt[]) => attempts.map(({ attemptId }) => attemptId);

    test("gives back what it was given, once, until it is taken out", async () => {
      const backlog = opened();
      const [a, b] = [attempt("a", {}), attempt("b", { seconds: 1, priority: "low" })];
      await backlog.add([a, b]);
      await backlog.add([{ ...a, dueAt: NOW }]);
      expect(await backlog.size()).toBe(2);
      expect(await backlog.next(NOW, { limit: 10 })).toEqual([{ ...a, priority: "normal" }, b]);
      await backlog.remove([a.attemptId]);
      expect(idsOf(await backlog.next(NOW, { limit: 10 }))).toEqual(["b"]);
    });

    test("emergencies go first, low ones last, the longest due first within a class", async () => {
      const backlog = opened();
      await backlog.add([
        attempt("low", { priority: "low" }),
        attempt("second", { seconds: 2 }),
        attempt("first", { seconds: 1 }),
        attempt("emergency", { seconds: 3, priority: "emergency" }),
      ]);
      expect(idsOf(await backlog.next(NOW, { limit: 10 }))).toEqual([
        "emergency",
        "first",
        "second",
        "low",
      ]);
      expect(idsOf(await backlog.next(NOW, { limit: 2 }))).toEqual(["emergency", "first"]);
    });

    test("those that come back go before those that are new, and after emergencies", async () => {
      const backlog = opened();
      const back = attempt("back", { seconds: 9, priority: "low", comesBack: true });
      await backlog.add([
        attempt("new", {}),
        back,
        attempt("emergency", { seconds: 9, priority: "emergency", comesBack: true }),
      ]);
      const mostOf = ({ priority }: CallClass) => (priority === "emergency" ? Infinity : 0);
      const next = await backlog.next(NOW, { limit: 10, mostOf });
      expect(idsOf(next)).toEqual(["emergency", "back"]);
      const { priority: _low, ...place } = back;
      expect(next[1]).toEqual(place);
      expect(idsOf(await backlog.next(NOW, { limit: 10 }))).toEqual(["emergency", "back", "new"]);
    });

    test("of a class there are at most as many as are asked for; the others go", async () => {
      const backlog = opened();
      for (const projectId of ["a", "b", "c"])
        await backlog.add(
          (["low", "normal"] as const).flatMap((priority) =>
            [1, 2, 3].map((seconds) =>
              attempt(`${projectId}-${priority}-${seconds}`, { projectId, priority, seconds }),
            ),
          ),
        );
      const mosts: Record<string, number> = { "a low": 0, "b low": 2, "c normal": 1 };
      const mostOf = ({ projectId, priority }: CallClass) =>
        mosts[`${projectId} ${priority}`] ?? Infinity;
      const next = idsOf(await backlog.next(NOW, { limit: 100, mostOf }));
      const ofClass = (name: string) => next.filter((id) => id.startsWith(name));
      expect(ofClass("a-low")).toEqual([]);
      expect(ofClass("b-low")).toEqual(["b-low-1", "b-low-2"]);
      expect(ofClass("c-low")).toHaveLength(3);
      expect(ofClass("a-normal")).toHaveLength(3);
      expect(ofClass("c-normal")).toEqual(["c-normal-1"]);
    });

    test("many projects of which none is asked for do not keep others from their turn", async () => {
      const backlog = opened();
      const ids = Array.from({ length: 50 }, (_, index) => `p${String(index).padStart(2, "0")}`);
      await backlog.add(ids.map((projectId) => attempt(`of ${projectId}`, { projectId })));
      const mostOf = ({ projectId }: CallClass) => (projectId === "p49" ? Infinity : 0);
      expect(idsOf(await backlog.next(NOW, { limit: 10, mostOf }))).toEqual(["of p49"]);
    });

    test("what is due later stays", async () => {
      const backlog = opened();
      await backlog.add([attempt("later", { seconds: 3601 })]);
      expect(await backlog.next(NOW, { limit: 10 })).toEqual([]);
      expect(await backlog.size()).toBe(1);
    });

    test("a project with thousands leaves another its turn", async () => {
      const backlog = opened();
      const many = Array.from({ length: 2000 }, (_, index) =>
        attempt(`b${index}`, { projectId: "b" }),
      );
      await backlog.add(many);
      await backlog.add([attempt("a", { projectId: "a", seconds: 60 })]);
      await backlog.add([attempt("c", { projectId: "c", seconds: 60 })]);
      const next = idsOf(await backlog.next(NOW, { limit: 9 }));
      expect(next).toHaveLength(9);
      expect(next).toEqual(expect.arrayContaining(["a", "c"]));
    });

    test("with more projects than a look has room for, each has its turn", async () => {
      const backlog = opened();
      const projects = Array.from(
        { length: 50 },
        (_, index) => `p${String(index).padStart(2, "0")}`,
      );
      await backlog.add(
        projects.flatMap((projectId) =>
          [0, 1].map((index) => attempt(`${projectId}-${index}`, { projectId })),
        ),
      );
      const seen: string[] = [];
      for (let look = 0; look < 3; look += 1) {
        const next = await backlog.next(NOW, { limit: 20 });
        seen.push(...next.map(({ projectId }) => projectId));
        await backlog.remove(idsOf(next));
        // A look at none of them does not begin anew.
        expect(await backlog.next(NOW, { limit: 20, mostOf: () => 0 })).toEqual([]);
      }
      expect(new Set(seen)).toEqual(new Set(projects));
    });
  });
}

function attempt(
  attemptId: string,
  of: { projectId?: string; seconds?: number; priority?: Priority; comesBack?: true },
): BackloggedAttempt {
  const { projectId = "shop", seconds = 0, priority, comesBack } = of;
  return {
    attemptId,
    projectId,
    callLogId: `call of ${attemptId}`,
    attemptNumber: 1,
    ...(priority !== undefined && { priority }),
    ...(comesBack && { comesBack }),
    dueAt: new Date(START + seconds * 1000),
  };
}

onEachDatabase(backlogSuite);
