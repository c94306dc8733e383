import { FIXTURE_PROJECT_ID } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { collectionsOf } from "../collections-for-tests.ts";
import { connectStore } from "../connect-store.ts";
import { later, onEachStore } from "../testing/on-each-store.ts";
import { range } from "../testing/range.ts";

onEachStore((running) => {
  describe("API keys", () => {
    const newKey = { projectId: FIXTURE_PROJECT_ID, permissions: ["Viewer" as const] };

    test("a key stands for its project and permissions, and is nowhere in the database", async () => {
      const { id, key } = await running.store.keys.create({ ...newKey, name: "Pager" });
      expect(key).toMatch(/^cl_[\w-]{43}$/);
      expect(await running.store.keys.authenticate(key)).toEqual({
        scope: "project",
        keyId: id,
        ...newKey,
        name: "Pager",
      });
      const documents = JSON.stringify(await collectionsOf(running.store).apiKeys.find().toArray());
      expect(documents).not.toContain(key);
      expect(documents).not.toContain(key.slice(3));
      const [info, ...others] = await running.store.keys.list(FIXTURE_PROJECT_ID);
      expect(info).toStrictEqual({ id, ...newKey, name: "Pager", createdAt: running.clock });
      expect(others).toEqual([]);
      expect(await running.store.keys.list("another-project")).toEqual([]);
    });

    test("an operator's key is of the installation and in no project's list, nor revoked by one", async () => {
      const permissions = ["Operator" as const];
      const { id, key } = await running.store.keys.create({ permissions });
      const operator = { scope: "installation", keyId: id, permissions };
      expect(await running.store.keys.authenticate(key)).toStrictEqual(operator);
      expect(await running.store.keys.identify(id)).toStrictEqual(operator);
      expect(await running.store.keys.list(FIXTURE_PROJECT_ID)).toEqual([]);
      expect(await running.store.keys.list(null)).toMatchObject([{ id, permissions }]);
      expect(await running.store.keys.revoke(id, FIXTURE_PROJECT_ID)).toBe(false);
      const { id: viewer } = await running.store.keys.create(newKey);
      expect(await running.store.keys.revoke(viewer, null)).toBe(false);
      expect(await running.store.keys.revoke(id, null)).toBe(true);
      expect(await running.store.keys.authenticate(key)).toBeUndefined();
    });

    test("no key has an operator's permission and another, nor one that does not go with its owner", async () => {
      const { projectId } = newKey;
      for (const refusedKey of [
        { projectId, permissions: ["Operator" as const] },
        { projectId, permissions: ["Viewer" as const, "Operator" as const] },
        { permissions: ["Operator" as const, "Viewer" as const] },
        { permissions: ["Project Owner" as const] },
      ]) {
        const refusal = { code: "BAD_REQUEST", message: expect.stringMatching(/^permissions: /) };
        await expect(running.store.keys.create(refusedKey)).rejects.toMatchObject(refusal);
        const chosen = { ...refusedKey, key: "chosen" };
        await expect(running.store.keys.createWithKey(chosen)).rejects.toMatchObject(refusal);
      }
    });

    test("no two keys are alike, and no other text is valid", async () => {
      const [a, b] = [
        await running.store.keys.create(newKey),
        await running.store.keys.create(newKey),
      ];
      expect(a.key).not.toBe(b.key);
      const { _id: hash } = (await collectionsOf(running.store).apiKeys.findOne({ keyId: a.id }))!;
      for (const text of ["", "cl_", a.id, hash, a.key.slice(0, -1), `${a.key} `])
        expect(await running.store.keys.authenticate(text)).toBeUndefined();
    });

    test("a key is worth nothing from the moment it expires", async () => {
      const { key } = await running.store.keys.create({ ...newKey, expiresAt: later(10_000) });
      expect(await running.store.keys.authenticate(key, later(9999))).toBeDefined();
      expect(await running.store.keys.authenticate(key, later(10_000))).toBeUndefined();
      running.clock = later(10_000);
      expect(await running.store.keys.authenticate(key)).toBeUndefined();
    });

    test("a revocation holds at once, and within half a second on another node", async () => {
      let elapsed = 0;
      const other = await connectStore({ ...running.database, elapsedMs: () => elapsed });
      const { id, key } = await running.store.keys.create(newKey);
      expect(await other.keys.authenticate(key)).toBeDefined();
      expect(await running.store.keys.revoke(id, "another-project")).toBe(false);
      expect(await other.keys.authenticate(key)).toBeDefined();
      expect(await running.store.keys.authenticate(key)).toBeDefined();
      expect(await running.store.keys.revoke(id, FIXTURE_PROJECT_ID)).toBe(true);
      expect(await running.store.keys.authenticate(key)).toBeUndefined();
      elapsed = 500;
      expect(await other.keys.authenticate(key)).toBeUndefined();
      const revokedAt = running.clock;
      running.clock = later(60_000);
      expect(await running.store.keys.revoke(id)).toBe(true);
      expect(await running.store.keys.list(FIXTURE_PROJECT_ID)).toMatchObject([{ id, revokedAt }]);
      expect(await running.store.keys.revoke("no-such-key")).toBe(false);
      await other.close();
    });

    test("a chosen key is created once, whoever starts at the same moment, and stays revoked", async () => {
      const chosen = { ...newKey, key: "chosen-by-the-operator" };
      const answers = await Promise.all(
        range(10).map(() => running.store.keys.createWithKey(chosen)),
      );
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      const { id } = answers[0]!;
      expect(await running.store.keys.authenticate(chosen.key)).toMatchObject({ keyId: id });
      await running.store.keys.revoke(id);
      expect(await running.store.keys.createWithKey(chosen)).toEqual({ id, created: false });
      expect(await running.store.keys.authenticate(chosen.key)).toBeUndefined();
    });
  });
});
