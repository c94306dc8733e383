import type { Acting } from "@call-log/model";
import type { FreshDatabase } from "@call-log/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { connectStore, type Store } from "../connect-store.ts";

const BY_A_KEY: Acting = {
  actor: { kind: "key", id: "key-1", name: "Paging service" },
  address: "192.0.2.7",
  requestId: "request-1",
};

/** What the audit trail must do on every database; `fresh` gives an empty one. */
export function auditContract(name: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`audit trail on ${name}`, () => {
    let database: FreshDatabase;
    let store: Store;
    let clock: Date;

    beforeAll(async () => {
      database = await fresh();
      store = await connectStore({ ...database, now: () => clock });
    });
    beforeEach(async () => {
      clock = new Date("2026-11-25T03:12:00Z");
      for (const collection of Object.values(store.collections)) await collection.deleteMany({});
    });
    afterEach(() => void vi.restoreAllMocks());
    afterAll(async () => {
      await store?.close();
      await database?.close();
    });

    const lines = () => store.collections.auditLog.find().sort({ _id: 1 }).toArray();
    const crashBeforeFiling = () =>
      vi
        .spyOn(store.collections.auditLog, "insertMany")
        .mockRejectedValueOnce(new Error("the process died here"));
    const afterTheCrash = () => {
      clock = new Date(clock.getTime() + 60_000);
      return store.audit.fileLeft();
    };

    describe("an act on a project", () => {
      test("has a line with who, when, from where, and the old and new value", async () => {
        const { _id } = await store.projects.create({ name: "Shop" });
        await store.projects.update(_id, { name: "Store", retentionDays: 9 }, BY_A_KEY);
        const [, line] = await lines();
        expect(line).toMatchObject({
          ...BY_A_KEY,
          createdAt: clock,
          act: "project.update",
          result: "done",
          projectId: _id,
          target: { kind: "project", id: _id },
          changes: [
            { field: "name", from: "Shop", to: "Store" },
            { field: "retentionDays", to: 9 },
          ],
        });
        expect(await store.projects.find(_id)).toStrictEqual({
          _id,
          name: "Store",
          fromNumbers: [],
          providerChain: [],
          retentionDays: 9,
          createdAt: clock,
        });
      });

      test("that changes nothing has none", async () => {
        const { _id } = await store.projects.create({ name: "Shop" });
        await store.projects.update(_id, { name: "Shop" }, BY_A_KEY);
        await store.projects.resume(_id, BY_A_KEY);
        expect((await lines()).map(({ act }) => act)).toEqual(["project.create"]);
      });

      test("whose process dies before the line is filed is filed by the next round, once", async () => {
        const { _id } = await store.projects.create({ name: "Shop" });
        crashBeforeFiling();
        await store.projects.pause(_id, "Drill", BY_A_KEY);
        expect(await store.projects.find(_id)).toMatchObject({ paused: { reason: "Drill" } });
        expect(await lines()).toHaveLength(1);
        expect(await afterTheCrash()).toBe(1);
        expect((await lines())[1]).toMatchObject({ ...BY_A_KEY, act: "project.pause" });
        expect(await afterTheCrash()).toBe(0);
        expect(await lines()).toHaveLength(2);
      });

      test("whose line is filed, but still carried, is not filed twice", async () => {
        const projects = store.collections.projects;
        const write = vi.spyOn(projects, "bulkWrite");
        write.mockRejectedValueOnce(new Error("the process died here"));
        await store.projects.create({ name: "Shop" }, BY_A_KEY);
        expect(await lines()).toHaveLength(1);
        expect(await afterTheCrash()).toBe(1);
        expect(await lines()).toHaveLength(1);
        expect(await projects.findOne()).not.toHaveProperty("unfiledActs");
      });

      test("that fails has no line", async () => {
        await expect(store.projects.pause("none", "x", BY_A_KEY)).rejects.toMatchObject({
          code: "NOT_FOUND",
        });
        const { _id } = await store.projects.create({ name: "Shop" });
        const taken = store.projects.create({ id: _id, name: "Shop" });
        await expect(taken).rejects.toMatchObject({ code: "CONFLICT" });
        expect(await lines()).toHaveLength(1);
      });

      test("beside others has the value that the one before left", async () => {
        const { _id } = await store.projects.create({ name: "0" });
        const names = Array.from({ length: 12 }, (_, index) => `${index + 1}`);
        await Promise.all(names.map((name) => store.projects.update(_id, { name }, BY_A_KEY)));
        const changes = (await lines()).flatMap((line) =>
          line.act === "project.update" ? line.changes : [],
        );
        const next = new Map(changes.map(({ from, to }) => [from, to]));
        const chain = [];
        for (let at: unknown = "0"; next.has(at); at = next.get(at)) chain.push(next.get(at));
        expect(new Set(chain)).toEqual(new Set(names));
        expect(chain).toHaveLength(names.length);
        expect((await store.projects.find(_id))?.name).toBe(chain.at(-1));
      });
    });
  });
}
