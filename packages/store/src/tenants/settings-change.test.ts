import { onEachDatabase } from "@call-log/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";

/** An empty database of a server, and its end. */
type OpenDatabase = () => Promise<{ uri: string; databaseName: string; close(): Promise<void> }>;

/** What a change of settings that were read before has to keep on every server. */
function settingsChangeSuite(name: string, openDatabase: OpenDatabase): void {
  describe(`settings that were read before on ${name}`, () => {
    let database: Awaited<ReturnType<OpenDatabase>>;
    let store: Store;
    let id: string;
    const us = "+15551112222";
    const budget = { perDayUSD: "5.00" };
    beforeEach(async () => {
      database = await openDatabase();
      store = await connectStore(database);
      ({ _id: id } = await store.projects.create({ name: "A", budget }));
    });
    afterEach(async () => {
      await store.close();
      await database.close();
    });

    test("are changed while they are as they were read, whatever else has changed", async () => {
      await store.projects.update(id, { fromNumbers: [us] });
      const change = { name: "B", was: { name: "A" } };
      expect(await store.projects.update(id, change)).toMatchObject({
        name: "B",
        fromNumbers: [us],
      });
      const first = { retentionDays: 7, was: { retentionDays: null } };
      expect(await store.projects.update(id, first)).toMatchObject({ retentionDays: 7 });
    });

    test("are refused with the present values when they are others, and nothing is changed", async () => {
      const theirs = { perDayUSD: "9.00" };
      await store.projects.update(id, { budget: theirs, name: "Theirs" });
      const mine = { budget: { perDayUSD: "7.00" }, name: "Mine", was: { budget, name: "A" } };
      await expect(store.projects.update(id, mine)).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringMatching(/^budget, name: changed by somebody else/),
        present: { budget: theirs, name: "Theirs" },
      });
      expect(await store.projects.find(id)).toMatchObject({ budget: theirs, name: "Theirs" });
    });

    test("one that is already as it is wanted is no matter", async () => {
      await store.projects.update(id, { name: "B" });
      const same = { name: "B", was: { name: "A" } };
      expect(await store.projects.update(id, same)).toMatchObject({ name: "B" });
    });

    test("a refused change takes no number", async () => {
      await store.projects.update(id, { name: "B" });
      const mine = { name: "C", fromNumbers: [us], was: { name: "A" } };
      await expect(store.projects.update(id, mine)).rejects.toMatchObject({ code: "CONFLICT" });
      const owned = (await store.callerIds.list()).filter(({ owner }) => owner !== undefined);
      expect(owned).toEqual([]);
    });

    test("of two who change the same at a moment, one is refused", async () => {
      const names = ["B", "C", "D", "E"];
      const attempts = names.map((one) =>
        store.projects.update(id, { name: one, was: { name: "A" } }),
      );
      const done = (await Promise.allSettled(attempts)).filter(
        ({ status }) => status === "fulfilled",
      );
      expect(done).toHaveLength(1);
    });
  });
}

onEachDatabase(settingsChangeSuite);
