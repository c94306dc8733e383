import {
  FIXTURE_PROJECT_ID,
  FIXTURE_TIME,
  type FreshDatabase,
  onEachDatabase,
} from "@call-log/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { connectStore } from "../connect-store.ts";
import type { Store } from "../store.ts";

const HOUR_MS = 3_600_000;
const ROTATION = { overlapMs: 24 * HOUR_MS };
const later = (ms: number) => new Date(FIXTURE_TIME.getTime() + ms);

/** What becomes of a key that is replaced, on any server. */
function rotateKeySuite(server: string, fresh: () => Promise<FreshDatabase>): void {
  describe(`the rotation of a key on ${server}`, () => {
    let store: Store;
    let clock = new Date(0);
    let elapsed: number;
    beforeEach(async () => {
      clock = FIXTURE_TIME;
      elapsed = 0;
      const database = await fresh();
      // Nothing that was looked up is remembered.
      const elapsedMs = () => (elapsed += 1000);
      store = await connectStore({ ...database, now: () => clock, elapsedMs });
      return async () => {
        await store.close();
        await database.close();
      };
    });

    const newKey = {
      projectId: FIXTURE_PROJECT_ID,
      permissions: ["Dispatch Call" as const],
      name: "Pager",
      allowedAddresses: ["203.0.113.0/24"],
    };
    // In the order in which they were made; their times are the same.
    const listed = async () => {
      const keys = await store.keys.list(FIXTURE_PROJECT_ID);
      return keys.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    };

    test("gives one alike, and lets the one before live for the overlap", async () => {
      const before = await store.keys.create(newKey);
      const after = (await store.keys.rotate(before.id, ROTATION))!;
      expect(after.key).toMatch(/^cl_[\w-]{43}$/);
      expect(after.key).not.toBe(before.key);
      const until = later(24 * HOUR_MS);
      expect(after.previousUntil).toEqual(until);
      expect(await listed()).toEqual([
        { ...newKey, id: before.id, createdAt: clock, expiresAt: until, rotatedTo: after.id },
        { ...newKey, id: after.id, createdAt: clock, rotatedFrom: before.id },
      ]);
      clock = later(24 * HOUR_MS - 1);
      for (const { id, key } of [before, after])
        expect(await store.keys.authenticate(key)).toMatchObject({ keyId: id });
      clock = until;
      expect(await store.keys.authenticate(before.key)).toBeUndefined();
      expect(await store.keys.authenticate(after.key)).toMatchObject({ keyId: after.id });
    });

    test("never lengthens a life, but by an end that is given", async () => {
      const expiresAt = later(HOUR_MS);
      const before = await store.keys.create({ ...newKey, expiresAt });
      const { id, previousUntil } = (await store.keys.rotate(before.id, ROTATION))!;
      expect(previousUntil).toEqual(expiresAt);
      expect(await listed()).toMatchObject([{ expiresAt }, { id, expiresAt }]);
      const end = later(90 * 24 * HOUR_MS);
      const again = (await store.keys.rotate(id, { ...ROTATION, expiresAt: end }))!;
      expect((await listed()).find((key) => key.id === again.id)).toMatchObject({
        expiresAt: end,
        rotatedFrom: id,
      });
    });

    test("is once for each key, however many ask at the same moment", async () => {
      const before = await store.keys.create(newKey);
      const asked = Array.from({ length: 8 }, () => store.keys.rotate(before.id, ROTATION));
      const answers = await Promise.allSettled(asked);
      const given = answers.filter(({ status }) => status === "fulfilled");
      expect(given).toHaveLength(1);
      const keys = await listed();
      const valid = keys.filter(({ revokedAt }) => revokedAt === undefined);
      const [old, next] = valid;
      expect(valid).toHaveLength(2);
      expect([old!.rotatedTo, next!.rotatedFrom]).toEqual([next!.id, old!.id]);
      await expect(store.keys.rotate(before.id, ROTATION)).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining(`replaced by ${next!.id}`),
      });
    });

    test("is refused for a key that is over, and finds none of another owner", async () => {
      const revoked = await store.keys.create(newKey);
      await store.keys.revoke(revoked.id);
      const expired = await store.keys.create({ ...newKey, expiresAt: later(1) });
      clock = later(1);
      for (const { id } of [revoked, expired])
        await expect(store.keys.rotate(id, ROTATION)).rejects.toMatchObject({ code: "CONFLICT" });
      const { id } = await store.keys.create(newKey);
      for (const owner of ["another-project", null])
        expect(await store.keys.rotate(id, ROTATION, owner)).toBeUndefined();
      expect(await store.keys.rotate("no-such-key", ROTATION)).toBeUndefined();
      expect(await listed()).toHaveLength(3);
    });

    test("keeps an operator's key of the installation", async () => {
      const { id } = await store.keys.create({ permissions: ["Operator"] });
      const { key } = (await store.keys.rotate(id, ROTATION, null))!;
      expect(await store.keys.authenticate(key)).toMatchObject({ scope: "installation" });
    });
  });
}

onEachDatabase(rotateKeySuite);
