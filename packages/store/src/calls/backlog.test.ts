import type { Priority } from "@call-log/model";
import { type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import { type BackloggedAttempt, createBacklogStore } from "./backlog-store.ts";

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
      expect(await backlog.next(NOW, 10)).toEqual([{ ...a, priority: "normal" }, b]);
      await backlog.remove([a.attemptId]);
      expect(idsOf(await backlog.next(NOW, 10))).toEqual(["b"]);
    });

    test("emergencies go first, low ones last, the longest due first within a class", async () => {
      const backlog = opened();
      await backlog.add([
        attempt("low", { priority: "low" }),
        attempt("second", { seconds: 2 }),
        attempt("first", { seconds: 1 }),
        attempt("emergency", { seconds: 3, priority: "emergency" }),
      ]);
      expect(idsOf(await backlog.next(NOW, 10))).toEqual(["emergency", "first", "second", "low"]);
      expect(idsOf(await backlog.next(NOW, 2))).toEqual(["emergency", "first"]);
    });

    test("what is due later stays", async () => {
      const backlog = opened();
      await backlog.add([attempt("later", { seconds: 3601 })]);
      expect(await backlog.next(NOW, 10)).toEqual([]);
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
      const next = idsOf(await backlog.next(NOW, 9));
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
        const next = await backlog.next(NOW, 20);
        seen.push(...next.map(({ projectId }) => projectId));
        await backlog.remove(idsOf(next));
      }
      expect(new Set(seen)).toEqual(new Set(projects));
    });
  });
}

function attempt(
  attemptId: string,
  of: { projectId?: string; seconds?: number; priority?: Priority },
): BackloggedAttempt {
  const { projectId = "shop", seconds = 0, priority } = of;
  return {
    attemptId,
    projectId,
    callLogId: `call of ${attemptId}`,
    attemptNumber: 1,
    ...(priority !== undefined && { priority }),
    dueAt: new Date(START + seconds * 1000),
  };
}

onEachDatabase(backlogSuite);
