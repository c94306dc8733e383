import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const HOUR_MS = 3_600_000;
const OFFICE = ["203.0.113.0/24"];
const INSIDE = "203.0.113.7";

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);

async function pager(more: { allowedAddresses?: string[]; expiresAt?: Date } = {}) {
  const { projectId } = fresh;
  const key = { projectId, permissions: ["Dispatch Call" as const], name: "Pager" };
  return fresh.store.keys.create({ ...key, ...more });
}

describe("a rotated key", () => {
  test("has one in its place, and both are listed as linked", async () => {
    const owner = await fresh.caller();
    const before = await pager({ allowedAddresses: OFFICE });
    const after = await owner.keys.rotate({ id: before.id });
    const hours = (Date.parse(after.previousUntil) - Date.now()) / HOUR_MS;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    const { keys } = await owner.keys.list();
    expect(keys.find(({ id }) => id === before.id)).toMatchObject({
      rotatedTo: after.id,
      expiresAt: after.previousUntil,
    });
    expect(keys.find(({ id }) => id === after.id)).toMatchObject({
      name: "Pager",
      permissions: ["Dispatch Call"],
      allowedAddresses: OFFICE,
      rotatedFrom: before.id,
      expiresAt: null,
    });
    expect(JSON.stringify(keys)).not.toContain(after.key);
    for (const { key } of [before, after])
      expect(await fresh.store.keys.authenticate(key)).toBeDefined();
  });

  test("lives on for as long as it is said, and the new one as well", async () => {
    const owner = await fresh.caller();
    const { id } = await pager();
    const expiresAt = inHours(1000).toISOString();
    const after = await owner.keys.rotate({ id, overlapHours: 2, expiresAt });
    expect(Date.parse(after.previousUntil)).toBeLessThanOrEqual(inHours(2).getTime());
    const { keys } = await owner.keys.list();
    expect(keys.find((one) => one.id === after.id)).toMatchObject({ expiresAt });
  });

  test("may be an operator's, who rotates those of operators alone", async () => {
    const { keys } = (await fresh.caller({ permissions: ["Operator"] })).operator;
    const own = (await keys.list()).keys.find(({ isOwn }) => isOwn)!;
    const { key } = await keys.rotate({ id: own.id });
    expect(await fresh.store.keys.authenticate(key)).toMatchObject({ scope: "installation" });
    const { id } = await pager();
    await expect(keys.rotate({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("what a rotation refuses", () => {
  test("a key of another project, and one that is over", async () => {
    const owner = await fresh.caller();
    const key = { projectId: fresh.otherProjectId, permissions: ["Viewer" as const] };
    const { id } = await fresh.store.keys.create(key);
    await expect(owner.keys.rotate({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const expired = await pager({ expiresAt: inHours(-1) });
    await expect(owner.keys.rotate({ id: expired.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("a key that may not administer, which would be shown a better one", async () => {
    const { projectId } = fresh;
    const owners = await fresh.store.keys.create({ projectId, permissions: ["Project Owner"] });
    const members = await fresh.caller({ permissions: ["Project Member"] });
    const asked = members.keys.rotate({ id: owners.id });
    await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a longer life than that of the key that asks", async () => {
    const { projectId } = fresh;
    const permissions = ["Project Admin" as const];
    const brief = await fresh.store.keys.create({ projectId, permissions, expiresAt: inHours(1) });
    const admin = await fresh.caller({ apiKeys: [brief.key] });
    const { id } = await pager();
    await expect(admin.keys.rotate({ id })).rejects.toThrow("when your own key expires");
    const longer = { id: brief.id, expiresAt: inHours(2).toISOString() };
    await expect(admin.keys.rotate(longer)).rejects.toThrow("when your own key expires");
    await admin.keys.rotate({ id: brief.id });
  });

  test("a way out of the addresses of the key that asks", async () => {
    const { projectId } = fresh;
    const allowedAddresses = OFFICE;
    const permissions = ["Project Admin" as const];
    const bound = await fresh.store.keys.create({ projectId, permissions, allowedAddresses });
    const admin = await fresh.caller({ apiKeys: [bound.key], address: INSIDE });
    const [free, inOffice] = [await pager(), await pager({ allowedAddresses: [INSIDE] })];
    await expect(admin.keys.rotate({ id: free.id })).rejects.toThrow(
      "allowedAddresses: must be among those that your own key may be used from",
    );
    await admin.keys.rotate({ id: inOffice.id });
    const newKey = { name: "x", permissions: ["Viewer" as const] };
    for (const wider of [["0.0.0.0/0"], [INSIDE, "198.51.100.7"], ["203.0.112.0/23"]])
      await expect(admin.keys.create({ ...newKey, allowedAddresses: wider })).rejects.toMatchObject(
        { code: "FORBIDDEN" },
      );
    const { id } = await admin.keys.create(newKey);
    const { keys } = await admin.keys.list();
    expect(keys.find((one) => one.id === id)).toMatchObject({ allowedAddresses });
  });

  test.each([
    [{ overlapHours: 0 }, "overlapHours: must be a whole number of hours from 1 to 720"],
    [{ overlapHours: 721 }, "overlapHours: must be a whole number"],
    [{ overlapHours: 1.5 }, "overlapHours: must be a whole number"],
    [{ expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt: must be in the future"],
    [{ key: "x" }, 'there is no "key"'],
  ])("%j", async (input, text) => {
    const owner = await fresh.caller();
    const { id } = await pager();
    await expect(owner.keys.rotate({ id, ...input } as never)).rejects.toThrow(text);
  });
});

test.each([
  [[], "allowedAddresses: must hold at least one address"],
  [["shop.example"], "allowedAddresses.0: must be an IP address or a range"],
  ["203.0.113.7", "allowedAddresses: must be a list"],
])("a key for the addresses %j is not made", async (allowedAddresses, text) => {
  const owner = await fresh.caller();
  const input = { name: "x", permissions: ["Viewer"], allowedAddresses };
  await expect(owner.keys.create(input as never)).rejects.toThrow(text);
});
