import { FIXTURE_PROJECT_ID, type FreshDatabase, onEachDatabase } from "@call-log/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";
import { createKeyUses, NOTED_EVERY_MS } from "./key-uses.ts";

const FIRST = new Date("2026-11-24T03:12:00Z");
const LATER = new Date("2026-11-24T03:14:00Z");

/** What is kept of the use of keys, on any server. */
function keyUsesSuite(server: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`uses of keys on ${server}`, () => {
    let store: Store;
    let keyId: string;
    let clock = new Date(0);
    let elapsed: number;
    beforeEach(async () => {
      const database = await fresh();
      store = await connectStore(database);
      ({ id: keyId } = await store.keys.create({
        projectId: FIXTURE_PROJECT_ID,
        permissions: ["Viewer"],
      }));
      clock = FIRST;
      elapsed = 0;
      return async () => {
        await store.close();
        await database.close();
      };
    });

    const usesOf = (apiKeys: Parameters<typeof createKeyUses>[0]["apiKeys"]) =>
      createKeyUses({ apiKeys, now: () => clock, elapsedMs: () => elapsed });
    const shown = async () => (await store.keys.list(FIXTURE_PROJECT_ID))[0]!;

    test("are none at first", async () => {
      expect(await shown()).not.toHaveProperty("lastUsedAt");
    });

    test("are written with their address, once a minute at most", async () => {
      const uses = usesOf(collectionsOf(store).apiKeys);
      uses.note(keyId, "203.0.113.7");
      await uses.close();
      expect(await shown()).toMatchObject({ lastUsedAt: FIRST, lastUsedFrom: "203.0.113.7" });
      clock = LATER;
      elapsed = NOTED_EVERY_MS - 1;
      uses.note(keyId, "203.0.113.8");
      await uses.close();
      expect(await shown()).toMatchObject({ lastUsedAt: FIRST, lastUsedFrom: "203.0.113.7" });
      elapsed = NOTED_EVERY_MS;
      uses.note(keyId, "203.0.113.8");
      await uses.close();
      expect(await shown()).toMatchObject({ lastUsedAt: LATER, lastUsedFrom: "203.0.113.8" });
    });

    test("go forward only, whichever process writes last", async () => {
      const [ahead, behind] = [1, 2].map(() => usesOf(collectionsOf(store).apiKeys));
      clock = LATER;
      ahead!.note(keyId, "203.0.113.8");
      await ahead!.close();
      clock = FIRST;
      behind!.note(keyId, "203.0.113.7");
      await behind!.close();
      expect(await shown()).toMatchObject({ lastUsedAt: LATER, lastUsedFrom: "203.0.113.8" });
    });

    test("make nobody wait, and are written by the next use when the database was away", async () => {
      let isAway = true;
      const { apiKeys } = collectionsOf(store);
      const uses = usesOf({
        bulkWrite: async (...write: Parameters<typeof apiKeys.bulkWrite>) => {
          if (isAway) throw new Error("away");
          return apiKeys.bulkWrite(...write);
        },
      });
      expect(uses.note(keyId, "203.0.113.7")).toBeUndefined();
      await uses.close();
      expect(await shown()).not.toHaveProperty("lastUsedAt");
      isAway = false;
      uses.note(keyId, "203.0.113.7");
      await uses.close();
      expect(await shown()).toMatchObject({ lastUsedAt: FIRST });
    });

    test("of a key that does not exist are nothing", async () => {
      const uses = usesOf(collectionsOf(store).apiKeys);
      uses.note("no-such-key", undefined);
      await uses.close();
      expect(await collectionsOf(store).apiKeys.countDocuments()).toBe(1);
    });
  });
}

onEachDatabase(keyUsesSuite);
