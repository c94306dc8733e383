import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshRouter, type FreshRouter } from "../testing/fresh-router.ts";

const SOON = new Date(Date.now() + 3_600_000).toISOString();
const LATER = new Date(Date.now() + 7_200_000).toISOString();

let fresh: FreshRouter;
beforeAll(async () => {
  fresh = await freshRouter();
});
afterAll(() => fresh[Symbol.asyncDispose]());

test("a key is shown once, listed without what could be used, and worth nothing when revoked", async () => {
  const owner = await fresh.caller();
  const { id, key } = await owner.keys.create({
    name: "Pager",
    permissions: ["Dispatch Call", "Dispatch Call"],
    expiresAt: SOON,
  });
  expect(await fresh.store.keys.authenticate(key)).toMatchObject({ keyId: id });
  const { keys } = await owner.keys.list();
  expect(keys.find((one) => one.id === id)).toEqual({
    id,
    name: "Pager",
    permissions: ["Dispatch Call"],
    createdAt: expect.stringMatching(/Z$/),
    expiresAt: SOON,
    revokedAt: null,
    allowedAddresses: null,
    lastUsedAt: null,
    lastUsedFrom: null,
    rotatedTo: null,
    rotatedFrom: null,
    isOwn: false,
  });
  expect(keys.filter(({ isOwn }) => isOwn)).toHaveLength(1);
  expect(JSON.stringify(keys)).not.toContain(key);
  expect(await owner.keys.revoke({ id })).toEqual({ revoked: true });
  expect(await fresh.store.keys.authenticate(key)).toBeUndefined();
});

describe("what is refused", () => {
  test("keys of another project", async () => {
    const owner = await fresh.caller();
    const { id } = await fresh.store.keys.create({
      projectId: fresh.otherProjectId,
      permissions: ["Viewer"],
    });
    await expect(owner.keys.revoke({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await owner.keys.list()).keys.map((one) => one.id)).not.toContain(id);
  });

  test.each([
    [["Operator"], "FORBIDDEN"],
    [["Viewer", "Operator"], "FORBIDDEN"],
    [["Operator", "Project Owner"], "FORBIDDEN"],
  ] as const)("a key of the project with %j", async (permissions, code) => {
    const owner = await fresh.caller();
    const creating = owner.keys.create({ name: "x", permissions: [...permissions] });
    await expect(creating).rejects.toMatchObject({
      code,
      message: "permissions: Operator allows more than your own key does: Project Owner",
    });
  });

  test("an operator's key, which belongs to no project", async () => {
    const operator = await fresh.caller({ permissions: ["Operator"] });
    for (const asked of [
      operator.keys.list(),
      operator.keys.create({ name: "x", permissions: ["Viewer"] }),
      operator.keys.revoke({ id: "x" }),
    ])
      await expect(asked).rejects.toMatchObject({
        code: "FORBIDDEN",
        message: expect.stringContaining("an operator's and belongs to no project"),
      });
  });

  test("a key that may not administer", async () => {
    const member = await fresh.caller({ permissions: ["Project Member"] });
    for (const asked of [
      member.keys.list(),
      member.keys.create({ name: "x", permissions: ["Viewer"] }),
      member.keys.revoke({ id: "x" }),
    ])
      await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a longer life than one's own", async () => {
    const { key } = await fresh.store.keys.create({
      projectId: fresh.projectId,
      permissions: ["Project Admin"],
      expiresAt: new Date(SOON),
    });
    const brief = await fresh.caller({ apiKeys: [key] });
    for (const expiresAt of [undefined, LATER])
      await expect(
        brief.keys.create({ name: "x", permissions: ["Viewer"], expiresAt }),
      ).rejects.toThrow(`expiresAt: must be at most ${SOON}, when your own key expires`);
    await brief.keys.create({ name: "x", permissions: ["Viewer"], expiresAt: SOON });
  });

  test("to end one's own key by accident", async () => {
    const owner = await fresh.caller();
    const own = (await owner.keys.list()).keys.find(({ isOwn }) => isOwn)!;
    const revoking = owner.keys.revoke({ id: own.id });
    await expect(revoking).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await owner.keys.revoke({ id: own.id, own: true })).toEqual({ revoked: true });
    await expect(owner.keys.list()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test.each([
    [{ permissions: ["Viewer"] }, "name: must be text"],
    [{ name: " ", permissions: ["Viewer"] }, "name: must not be empty"],
    [{ name: "x", permissions: [] }, "permissions: must hold at least one permission"],
    [{ name: "x", permissions: ["King"] }, "permissions.0: must be one of: Project Owner, "],
    [{ name: "x", permissions: ["Viewer"], expiresAt: "soon" }, "expiresAt: must be a date"],
    [
      { name: "x", permissions: ["Viewer"], expiresAt: "2020-01-01T00:00:00Z" },
      "expiresAt: must be in the future",
    ],
    [{ name: "x", permissions: ["Viewer"], key: "y" }, 'there is no "key"'],
  ])("%j", async (input, text) => {
    const owner = await fresh.caller();
    await expect(owner.keys.create(input as never)).rejects.toThrow(text);
  });
});
